// The order of a check: Ruff on the frozen text, the editor's tools once they are quiet, then the verdict;
// and nothing at all where the document moved meanwhile. Time is the test's own.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticsClock } from '../../../extension/gate/diagnostics-clock.ts';
import { freeze, type FrozenPush } from '../../../extension/gate/frozen.ts';
import { createGate, type EditorView, type Gate } from '../../../extension/gate/gate.ts';
import type { RuffAnswer } from '../../../extension/gate/linter.ts';
import type { Finding, RawFinding } from '../../../shared/lint/finding.ts';
import type { RuffDiagnostic } from '../../../shared/lint/ruff.ts';
import type { ToolId } from '../../../shared/lint/tools.ts';
import type { GatePolicy } from '../../../shared/lint/verdict.ts';
import { editorOn, nothing } from './documents.ts';
import { onlyBundled } from './real-ruff.ts';

const text = 'import os\nprint(nmae)\n';
const undefinedName: RuffDiagnostic = {
  code: 'F821',
  message: 'Undefined name `nmae`',
  start: { row: 2, column: 7 },
  end: { row: 2, column: 11 },
  edits: [],
  cell: null,
};
const answered = (...diagnostics: RuffDiagnostic[]): RuffAnswer => ({
  kind: 'checked',
  diagnostics,
  version: '0.17.3',
  configurationSha256: '',
});

function diagnostic(fields: Partial<RawFinding> = {}): RawFinding {
  return {
    source: 'Ruff',
    code: 'F821',
    message: 'Undefined name `nmae`',
    severity: 'error',
    range: { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } },
    ...fields,
  };
}

/** A document in an editor whose tools say what the test tells them to. */
class Scene {
  readonly frozen: FrozenPush = freeze(editorOn(text, nothing));
  readonly uri: string = this.frozen.uri.toString();
  readonly clock: DiagnosticsClock = new DiagnosticsClock(Date.now, []);
  readonly shown: (readonly Finding[])[] = [];
  document: { version: number; isDirty: boolean } | undefined = { version: 1, isDirty: false };
  diagnostics: RawFinding[] = [];
  active: ToolId[] = [];
  mayPublish = true;
  policy: GatePolicy = 'errors';
  ruff: () => Promise<RuffAnswer> = async () => answered();

  get gate(): Gate {
    const editor: EditorView = {
      getDocument: () => this.document,
      diagnostics: () =>
        this.diagnostics.map((said) => ({
          ...said,
          isOutdated: this.clock.isOutdated(this.uri, said, 'on-type'),
        })),
      activeTools: () => new Set(this.active),
      hasToolOnSave: () => this.active.includes('pylint'),
      mayPublish: () => this.mayPublish,
    };
    return createGate({
      linters: onlyBundled({ check: () => this.ruff(), dispose: () => undefined }),
      editor,
      clock: this.clock,
      problems: { show: (_uri, findings) => void this.shown.push(findings) },
      policy: () => this.policy,
      now: Date.now,
    });
  }

  /** A check, and what it came to, if it has. */
  check(signal = new AbortController().signal): { verdict?: string; error?: unknown } {
    const outcome: { verdict?: string; error?: unknown } = {};
    this.gate.check(this.frozen, signal).then(
      (verdict) => (outcome.verdict = verdict.kind),
      (error: unknown) => (outcome.error = error),
    );
    return outcome;
  }

  publish(...diagnostics: RawFinding[]): void {
    this.diagnostics = diagnostics;
    this.clock.published(this.uri, () => diagnostics);
  }
}

let scene: Scene;
beforeEach(() => {
  vi.useFakeTimers();
  scene = new Scene();
  scene.clock.opened(scene.uri);
});
afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a check right after an edit', () => {
  it('waits until the tools have been quiet', async () => {
    const outcome = scene.check();
    await pass(100);
    scene.publish();
    await pass(399);
    expect(outcome.verdict).toBeUndefined();
    await pass(1);
    expect(outcome.verdict).toBe('clean');
  });

  it('hears what comes late', async () => {
    const outcome = scene.check();
    await pass(1600);
    scene.publish(diagnostic());
    await pass(400);
    expect(outcome.verdict).toBe('blocked');
  });

  it('hears the second of two that follow each other', async () => {
    const outcome = scene.check();
    await pass(100);
    scene.publish();
    await pass(300);
    scene.publish(diagnostic());
    await pass(400);
    expect(outcome.verdict).toBe('blocked');
  });

  it('does not take what was said before the edit for an answer to it', async () => {
    scene.diagnostics = [diagnostic()];
    await pass(5000);
    scene.clock.edited(scene.uri);
    await pass(40);
    scene.clock.published(scene.uri, () => scene.diagnostics);
    const outcome = scene.check();
    await pass(1000);
    expect(outcome.verdict).toBeUndefined();
    scene.publish();
    await pass(400);
    expect(outcome.verdict).toBe('clean');
  });

  it('waits for whom it would be blocked by to look again, though another has answered', async () => {
    const slow = diagnostic({ source: 'Pylance' });
    scene.publish(slow);
    await pass(5000);
    scene.clock.edited(scene.uri);
    await pass(60);
    scene.publish(slow);
    const outcome = scene.check();
    await pass(1000);
    scene.publish();
    await pass(399);
    expect(outcome.verdict).toBeUndefined();
    await pass(1);
    expect(outcome.verdict).toBe('clean');
  });

  it('is blocked by whoever doesn’t look again in time', async () => {
    const silent = diagnostic({ source: 'Pylance' });
    scene.publish(silent);
    await pass(5000);
    scene.clock.edited(scene.uri);
    await pass(60);
    scene.publish(silent);
    const outcome = scene.check();
    await pass(2439);
    expect(outcome.verdict).toBeUndefined();
    await pass(1);
    expect(outcome.verdict).toBe('blocked');
  });

  it('is blocked at once where somebody has looked again, whatever others said before', async () => {
    const slow = diagnostic({ source: 'Pylance' });
    scene.publish(slow);
    await pass(5000);
    scene.clock.edited(scene.uri);
    await pass(60);
    scene.publish(slow, diagnostic({ message: 'Still there' }));
    const outcome = scene.check();
    await pass(400);
    expect(outcome.verdict).toBe('blocked');
  });

  it('ends where nobody answers', async () => {
    const outcome = scene.check();
    await pass(2499);
    expect(outcome.verdict).toBeUndefined();
    await pass(1);
    expect(outcome.verdict).toBe('clean');
  });

  it('ends where a tool never stops', async () => {
    const outcome = scene.check();
    for (let ms = 0; ms < 2500; ms += 100) {
      scene.publish();
      await pass(100);
    }
    expect(outcome.verdict).toBe('clean');
  });

  it('waits for nobody where there is nobody', async () => {
    scene.mayPublish = false;
    const outcome = scene.check();
    await pass(0);
    expect(outcome.verdict).toBe('clean');
  });

  it('waits for nobody where there is nobody, though the editor tells of a document that nobody speaks of', async () => {
    scene.mayPublish = false;
    scene.publish();
    const outcome = scene.check();
    await pass(0);
    expect(outcome.verdict).toBe('clean');
  });

  it('waits once for whoever might be there, and no more where nobody said a word of the document', async () => {
    const first = scene.check();
    await pass(2499);
    expect(first.verdict).toBeUndefined();
    await pass(1);
    expect(first.verdict).toBe('clean');
    scene.clock.edited(scene.uri);
    const second = scene.check();
    await pass(0);
    expect(second.verdict).toBe('clean');
  });

  it.each<[string, (its: Scene) => void]>([
    ['whoever said that there is nothing to say', (its) => its.publish()],
    ['a known tool that is slow to start', (its) => its.active.push('pylance')],
  ])('waits again for %s', async (_who, isThere) => {
    await pass(1000);
    isThere(scene);
    await pass(2000);
    scene.clock.edited(scene.uri);
    const outcome = scene.check();
    await pass(2499);
    expect(outcome.verdict).toBeUndefined();
    await pass(1);
    expect(outcome.verdict).toBe('clean');
  });

  it('waits for who spoke before, known or not', async () => {
    scene.mayPublish = false;
    scene.publish(diagnostic({ severity: 'hint' }));
    await pass(5000);
    scene.clock.edited(scene.uri);
    const outcome = scene.check();
    await pass(1000);
    scene.publish(diagnostic());
    await pass(400);
    expect(outcome.verdict).toBe('blocked');
  });

  it('waits for tools that run on save after a save', async () => {
    await pass(10_000);
    scene.active = ['pylint'];
    scene.clock.saved(scene.uri);
    const outcome = scene.check();
    await pass(2000);
    scene.publish(diagnostic({ source: 'Pylint', code: 'E0602:undefined-variable' }));
    await pass(400);
    expect(outcome.verdict).toBe('blocked');
  });
});

describe('a check of a document that has long been quiet', () => {
  beforeEach(() => pass(10_000));

  it('ends at once', async () => {
    const outcome = scene.check();
    await pass(0);
    expect(outcome.verdict).toBe('clean');
  });

  it('leaves out what tools that run on save say of a dirty document', async () => {
    scene.document = { version: 1, isDirty: true };
    scene.publish(diagnostic({ source: 'Flake8' }));
    const outcome = scene.check();
    await pass(400);
    expect(outcome.verdict).toBe('clean');
  });

  it('hears what is missed behind the end of a whole file', async () => {
    const end = { line: 2, character: 0 };
    scene.diagnostics = [diagnostic({ code: 'invalid-syntax', range: { start: end, end } })];
    const outcome = scene.check();
    await pass(0);
    expect(outcome.verdict).toBe('blocked');
  });

  it('is as strict as its policy', async () => {
    scene.diagnostics = [diagnostic({ code: 'F401', severity: 'warning' })];
    const usual = scene.check();
    await pass(0);
    scene.policy = 'warnings';
    const strict = scene.check();
    await pass(0);
    expect([usual.verdict, strict.verdict]).toEqual(['clean', 'blocked']);
  });
});

describe('the bundled Ruff’s undefined names', () => {
  beforeEach(() => {
    scene.ruff = async () => answered(undefinedName);
  });

  it('block where nobody else looks for them', async () => {
    const outcome = scene.check();
    await pass(2500);
    expect(outcome.verdict).toBe('blocked');
    expect(scene.shown).toMatchObject([[{ code: 'F821', origin: 'own' }]]);
  });

  it('do not where an active tool was heard', async () => {
    scene.active = ['pylance'];
    const outcome = scene.check();
    await pass(100);
    scene.publish();
    await pass(400);
    expect(outcome.verdict).toBe('clean');
    expect(scene.shown).toEqual([[]]);
  });

  it('block where an active tool was not heard', async () => {
    scene.active = ['pylance'];
    const outcome = scene.check();
    await pass(2500);
    expect(outcome.verdict).toBe('blocked');
  });

  it('do not where the document was open before anybody listened', async () => {
    const older = new DiagnosticsClock(Date.now, [scene.uri]);
    scene = Object.assign(new Scene(), { clock: older, active: ['pylance'], ruff: scene.ruff });
    await pass(2500);
    const outcome = scene.check();
    await pass(0);
    expect(outcome.verdict).toBe('clean');
  });
});

describe('a document that moves', () => {
  it.each<[string, () => void]>([
    ['by an edit', () => (scene.document = { version: 2, isDirty: true })],
    ['by its closing', () => (scene.document = undefined)],
  ])('%s while its tools are waited for is told at once', async (_name, move) => {
    const outcome = scene.check();
    await pass(100);
    move();
    scene.clock.edited(scene.uri);
    await pass(0);
    expect(outcome.verdict).toBe('moved');
    expect(scene.shown).toEqual([]);
  });

  it('while Ruff is at work is told, whatever Ruff says', async () => {
    scene.mayPublish = false;
    const { promise, resolve } = Promise.withResolvers<RuffAnswer>();
    scene.ruff = () => promise;
    const outcome = scene.check();
    await pass(0);
    scene.document = { version: 2, isDirty: true };
    resolve(answered(undefinedName));
    await pass(0);
    expect(outcome.verdict).toBe('moved');
  });
});

describe('a check', () => {
  it('fails where Ruff failed', async () => {
    scene.ruff = async () => ({ kind: 'failed', reason: 'It broke.' });
    const outcome = scene.check();
    await pass(2500);
    expect(outcome.verdict).toBe('failed');
  });

  it('is given up with its signal', async () => {
    const abort = new AbortController();
    const outcome = scene.check(abort.signal);
    await pass(100);
    abort.abort(new Error('given up'));
    await pass(0);
    expect(outcome.error).toEqual(new Error('given up'));
    expect(scene.shown).toEqual([]);
  });
});
