// Pulling any snippet of the stack: which one, then what to do with it. The text is read once both are chosen.

import { l10n, type QuickPickItem, window } from 'vscode';
import { button, showProblem } from '../messages.ts';
import { ask } from '../session/ask.ts';
import { ageLabel } from '../stack/age.ts';
import { type SnippetFacts, toFacts } from '../stack/snippet-facts.ts';
import { sizeLabel } from '../words.ts';
import { inOneLine } from '../history/entry-words.ts';
import { getPlace, pull, type Pulled, type PullParts } from './pull.ts';
import { type Way, wayLabel, waysFor } from './ways.ts';

/** Asks which snippet and what to do with it, and does that. */
export async function pullAny(parts: PullParts): Promise<Pulled> {
  const answer = await ask(parts.session, {
    title: l10n.t('pybin: looking at your stack…'),
    command: 'pybin.pullAny',
    isBig: false,
    call: (client, signal) => client.list(signal),
  });
  if (answer.kind !== 'answered') return answer;
  const snippets = answer.value.map(toFacts);
  if (snippets.length === 0) {
    const problem = { code: 'not_found', detail: 'The stack is empty.' } as const;
    showProblem(problem, button(l10n.t('Retry'), 'pybin.pullAny'));
    return { kind: 'refused', problem };
  }
  const chosen = await window.showQuickPick(
    snippets.map((snippet) => toRow(snippet, Date.now())),
    {
      title: l10n.t('pybin: Pull'),
      placeHolder: l10n.t('Which snippet of your stack?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (!chosen) return { kind: 'canceled' };
  const way = await pickWay(chosen.snippet);
  return way === undefined ? { kind: 'canceled' } : pull(parts, chosen.snippet, way);
}

/** Asks what to do with a snippet; undefined: nothing. */
async function pickWay({ number }: Pick<SnippetFacts, 'number'>): Promise<Way | undefined> {
  const place = getPlace();
  const chosen = await window.showQuickPick(
    waysFor(place).map((way) => ({ label: wayLabel(way, place, l10n.t), way })),
    { title: l10n.t('pybin: Pull #{0}', number), placeHolder: l10n.t('What to do with its text?') },
  );
  return chosen?.way;
}

function toRow(snippet: SnippetFacts, nowMs: number): QuickPickItem & { readonly snippet: SnippetFacts } {
  const { number, language, origin, createdAtMs, sizeBytes } = snippet;
  const description = inOneLine(snippet.description);
  const firstLine = inOneLine(snippet.firstLine);
  const facts = [
    `#${number}`,
    inOneLine(origin?.fileName ?? '') || language,
    ageLabel(createdAtMs, nowMs, l10n.t),
    sizeLabel(sizeBytes),
  ];
  return {
    label: description || firstLine || l10n.t('(blank)'),
    description: description === '' ? '' : firstLine,
    detail: facts.filter((fact) => fact !== '').join(' · '),
    snippet,
  };
}
