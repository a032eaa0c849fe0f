// What people read of a push that waits, and what they can do with it.

import { describe, expect, it } from 'vitest';
import { freeze, freezeNotebook, type FrozenPush } from '../../../extension/gate/frozen.ts';
import { noOptions } from '../../../extension/push/draft.ts';
import type { PendingEnd, PendingPush } from '../../../extension/pending/pending-pushes.ts';
import {
  endMessage,
  pendingActions,
  pendingMessage,
  pendingShort,
} from '../../../extension/pending/pending-words.ts';
import type { Override } from '../../../extension/settings.ts';
import type { PartFinding } from '../../../shared/lint/verdict.ts';
import { editorOn, nothing, rangeOf, uriOf } from '../gate/documents.ts';
import { translate } from '../translate.ts';

const text = 'import os\nprint(nmae)\n';
const whole = freeze(editorOn(text, nothing));
const selected = freeze(editorOn(text, rangeOf(text, 'print(nmae)')));

const cell = (index: number, source: string) =>
  editorOn(source, nothing, { uri: uriOf('/a/b.ipynb', 'vscode-notebook-cell', `${index}`) }).document;
const cells = [cell(0, '# Prose'), cell(1, 'import os\n'), cell(2, text)] as const;
const notebook = {
  uri: uriOf('/a/b.ipynb'),
  cells: cells.map((document, index) => ({ isCode: index > 0, document })),
};

const finding = (fields: Partial<PartFinding> = {}): PartFinding => ({
  tool: 'Ruff',
  code: 'F821',
  message: 'Undefined name `nmae`',
  class: 'undefined-name',
  severity: 'error',
  range: { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } },
  origin: 'own',
  fix: 'none',
  part: 0,
  ...fields,
});

function blocked(findings: PartFinding[], frozen: FrozenPush = whole, isWatched = false): PendingPush {
  return { kind: 'blocked', frozen, options: noOptions, findings, isWatched };
}
const unchecked: PendingPush = {
  kind: 'unchecked',
  frozen: whole,
  options: noOptions,
  reason: 'It broke.',
  isWatched: false,
};
const syntax = finding({ class: 'syntax' });

describe('a push that waits', () => {
  it.each<[string, PendingPush, string, string]>([
    [
      'for one correction',
      blocked([finding()]),
      'Not pushed: Undefined name `nmae` (area.py, line 2)',
      'not pushed: 1 problem',
    ],
    [
      'for several',
      blocked([finding(), finding(), finding()]),
      'Not pushed: Undefined name `nmae` (area.py, line 2) and 2 more',
      'not pushed: 3 problems',
    ],
    [
      'and is watched',
      blocked([finding()], whole, true),
      'Not pushed: Undefined name `nmae` (area.py, line 2)',
      'pushes when clean: 1 problem',
    ],
    [
      'for a linter that works',
      unchecked,
      'Not pushed: area.py could not be checked. It broke.',
      'not pushed: not checked',
    ],
    [
      'and is from no file',
      blocked(
        [finding()],
        freeze(editorOn(text, nothing, { isUntitled: true, uri: uriOf('Untitled-1', 'untitled') })),
      ),
      'Not pushed: Undefined name `nmae` (untitled text, line 2)',
      'not pushed: 1 problem',
    ],
    [
      'and is from a notebook',
      blocked([finding({ part: 1 })], freezeNotebook(notebook)),
      'Not pushed: Undefined name `nmae` (b.ipynb, cell 3, line 2)',
      'not pushed: 1 problem',
    ],
    [
      'and is from one cell of it',
      blocked([finding(), finding()], freeze({ document: cells[2], selections: [] }, notebook)),
      'Not pushed: Undefined name `nmae` (b.ipynb, cell 3, line 2) and 1 more',
      'not pushed: 2 problems',
    ],
  ])('%s says so', (_name, pending, message, short) => {
    expect(pendingMessage(pending, translate)).toBe(message);
    expect(pendingShort(pending, translate)).toBe(short);
  });

  it.each<[PendingEnd | undefined, string]>([
    [undefined, 'No push waits.'],
    [{ kind: 'pushed', number: 7 }, 'It went already: it is number 7.'],
    [{ kind: 'queued' }, 'It is past its check already, and went to the queue.'],
    [{ kind: 'discarded' }, 'That push was canceled.'],
    [{ kind: 'closed' }, 'That push waits no more: its document was closed.'],
  ])('says what became of it: %o', (end, message) => {
    expect(endMessage(end, translate)).toBe(message);
  });

  it.each<[string, PendingPush, Override, string[]]>([
    ['a file with an undefined name', blocked([finding()]), 'never', ['Show', 'When', 'Cancel']],
    [
      'a file with something that is sure to be fixed',
      blocked([finding(), finding({ class: 'error', fix: 'sure' })]),
      'never',
      ['Fix', 'Show', 'When', 'Cancel'],
    ],
    [
      'a file with something that its tool may fix',
      blocked([finding(), finding({ class: 'error', fix: 'maybe' })]),
      'never',
      ['Show', 'Fix', 'When', 'Cancel'],
    ],
    [
      'a file that does not parse, and holds something to fix',
      blocked([syntax, finding({ class: 'style', fix: 'sure' })]),
      'never',
      ['Show', 'When', 'Cancel'],
    ],
    ['a file that does not parse', blocked([syntax]), 'confirm', ['Show', 'When', 'Cancel']],
    [
      'a selection that does not parse',
      blocked([syntax], selected),
      'never',
      ['Expand', 'Show', 'When', 'Cancel'],
    ],
    [
      'a selection with an undefined name',
      blocked([finding()], selected),
      'never',
      ['Show', 'When', 'Cancel'],
    ],
    ['what may go in spite of it', blocked([finding()]), 'confirm', ['Show', 'When', 'Anyway', 'Cancel']],
    ['what is watched', blocked([finding()], whole, true), 'never', ['Show', 'Cancel']],
    ['what could not be checked', unchecked, 'confirm', ['Retry', 'Cancel']],
  ])('offers, of %s, what makes it go', (_name, pending, override, expected) => {
    const titles = pendingActions(pending, override, translate).map(({ title }) => title);
    expect(titles.map((title) => /Expand|Fix|Show|When|Anyway|Retry|Cancel/.exec(title)?.[0])).toEqual(
      expected,
    );
  });
});
