// What stops a push, what is kept with the snippet, and what it needs.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import type { Finding, FindingClass, Severity } from '../../../shared/lint/finding.ts';
import { noProof, type Proof } from '../../../shared/lint/proof.ts';
import {
  type Evidence,
  type GatePolicy,
  judge,
  type OwnCheck,
  type Part,
  type PartFinding,
  shownNowhere,
  type Verdict,
} from '../../../shared/lint/verdict.ts';
import { checkDetails, plainDetails } from '../../../shared/snippet.ts';

const policies = ['syntax', 'errors', 'warnings'] as const;
const selection = { start: { line: 10, character: 0 }, end: { line: 20, character: 0 } };

interface Place {
  readonly line?: number;
  readonly column?: number;
}

const finding = (fields: Partial<Omit<Finding, 'range'>> & Place = {}): Finding => {
  const { line = 12, column = 4, ...rest } = fields;
  return {
    tool: 'Pylance',
    code: '',
    message: 'Something about it',
    class: 'error',
    severity: 'error',
    origin: 'editor',
    fix: 'none',
    ...rest,
    range: { start: { line, character: column }, end: { line, character: column + 3 } },
  };
};
const syntax = finding({ class: 'syntax', code: 'invalid-syntax', origin: 'own', tool: 'Ruff' });
const undefinedName = (name: string, fields: Partial<Omit<Finding, 'range'>> & Place = {}): Finding =>
  finding({
    class: 'undefined-name',
    code: 'F821',
    message: `Undefined name \`${name}\``,
    origin: 'own',
    tool: 'Ruff',
    ...fields,
  });

const proof: Proof = { ...noProof, linter: 'Ruff', linterVersion: '0.17.3' };
const checked = (alone: Finding[] = [], inDocument: Finding[] = []): OwnCheck => ({
  kind: 'checked',
  alone: alone.map((each) => ({ piece: 0, finding: each })),
  inDocument: [inDocument],
  proof,
});
/** Evidence on a push of one part. */
type OnOne = Partial<Omit<Evidence, 'parts'> & Part>;
const evidence = ({ policy = 'errors', own = checked(), ...part }: OnOne = {}): Evidence => ({
  policy,
  parts: [{ range: selection, firstLine: 0, editor: [], namesAnswered: false, ...part }],
  own,
});
const kindOf = (fields: OnOne): Verdict['kind'] => judge(evidence(fields)).kind;
/** The finding as it stops a push of one part. */
const first = (each: Finding): PartFinding => ({ ...each, part: 0 });

describe('a finding of the editor', () => {
  const classes: [FindingClass, Severity, Record<GatePolicy, Verdict['kind']>][] = [
    ['syntax', 'error', { syntax: 'blocked', errors: 'blocked', warnings: 'blocked' }],
    ['undefined-name', 'error', { syntax: 'clean', errors: 'blocked', warnings: 'blocked' }],
    ['undefined-name', 'warning', { syntax: 'clean', errors: 'blocked', warnings: 'blocked' }],
    ['error', 'error', { syntax: 'clean', errors: 'blocked', warnings: 'blocked' }],
    ['error', 'warning', { syntax: 'clean', errors: 'blocked', warnings: 'blocked' }],
    ['style', 'warning', { syntax: 'clean', errors: 'clean', warnings: 'blocked' }],
    ['style', 'note', { syntax: 'clean', errors: 'clean', warnings: 'clean' }],
    ['missing-import', 'error', { syntax: 'clean', errors: 'clean', warnings: 'clean' }],
    ['missing-import', 'warning', { syntax: 'clean', errors: 'clean', warnings: 'clean' }],
  ];
  const rows = classes.flatMap(([findingClass, severity, kinds]) =>
    policies.map((policy) => [findingClass, severity, policy, kinds[policy]] as const),
  );

  it.each(rows)('of class %s, a %s, under "%s": %s', (findingClass, severity, policy, expected) => {
    expect(kindOf({ policy, editor: [finding({ class: findingClass, severity })] })).toBe(expected);
  });

  it('outside of the selection stops nothing and is not kept', () => {
    const verdict = judge(evidence({ editor: [finding({ line: 3 }), finding({ line: 20, column: 0 })] }));
    expect(verdict).toEqual({ kind: 'clean', kept: [], needs: [], proof });
  });

  it('in a text that isn’t Python counts as its tool says', () => {
    expect(kindOf({ own: { kind: 'none' }, editor: [finding()] })).toBe('blocked');
    expect(kindOf({ own: { kind: 'none' } })).toBe('clean');
  });
});

describe('the bundled Ruff', () => {
  it.each(policies)('stops what does not parse under "%s"', (policy) => {
    expect(kindOf({ policy, own: checked([syntax]), namesAnswered: true })).toBe('blocked');
  });

  it('stops nothing for a parse error elsewhere in the document, nor for its echo in the selection', () => {
    expect(kindOf({ own: checked([], [syntax, finding({ ...syntax, line: 3 })]) })).toBe('clean');
  });

  it('stops a statement out of place in the document', () => {
    const outOfPlace = finding({ class: 'syntax', code: 'F706', origin: 'own' });
    expect(kindOf({ own: checked([], [outOfPlace]) })).toBe('blocked');
  });

  it('that failed is never clean', () => {
    const own: OwnCheck = { kind: 'failed', reason: 'It broke.' };
    expect(judge(evidence({ own }))).toEqual({ kind: 'failed', reason: 'It broke.' });
  });

  it('that failed does not hide what others found', () => {
    expect(kindOf({ own: { kind: 'failed', reason: 'It broke.' }, editor: [finding()] })).toBe('blocked');
  });
});

describe('an undefined name', () => {
  it('that the document has too stops the push', () => {
    const name = undefinedName('nmupy');
    expect(judge(evidence({ own: checked([name], [name]) }))).toMatchObject({
      kind: 'blocked',
      blocking: [first(name)],
      needs: [],
    });
  });

  it('that the document defines is needed', () => {
    const own = checked([undefinedName('np'), undefinedName('self', { line: 13 })]);
    expect(judge(evidence({ own }))).toEqual({ kind: 'clean', kept: [], needs: ['np', 'self'], proof });
  });

  it('that the document has elsewhere only is needed', () => {
    const own = checked([undefinedName('x')], [undefinedName('x', { line: 3 })]);
    expect(judge(evidence({ own }))).toMatchObject({ kind: 'clean', needs: ['x'] });
  });

  it('that only Ruff misses is needed where a tool of the editor was asked', () => {
    const name = undefinedName('spark');
    const verdict = judge(evidence({ own: checked([name], [name]), namesAnswered: true }));
    expect(verdict).toEqual({ kind: 'clean', kept: [], needs: ['spark'], proof });
  });

  it('that a tool of the editor reports stops the push, and is not needed', () => {
    const editor = [
      undefinedName('x', {
        tool: 'Pylance',
        code: 'reportUndefinedVariable',
        message: '"x" is not defined',
        origin: 'editor',
        severity: 'warning',
      }),
    ];
    const own = checked([undefinedName('x')], [undefinedName('x')]);
    expect(judge(evidence({ editor, own, namesAnswered: true }))).toMatchObject({
      kind: 'blocked',
      blocking: editor.map(first),
      needs: [],
    });
  });

  it('is kept where only syntax stops a push', () => {
    const name = undefinedName('nmupy');
    const verdict = judge(evidence({ policy: 'syntax', own: checked([name], [name]) }));
    expect(verdict).toMatchObject({ kind: 'clean', needs: [], kept: [{ code: 'F821', line: 3, column: 5 }] });
  });

  it('is needed once, and never one that Python gives to a class', () => {
    const own = checked([undefinedName('np'), undefinedName('np', { line: 13 }), undefinedName('__class__')]);
    expect(judge(evidence({ own }))).toMatchObject({ needs: ['np'] });
  });
});

describe('what is found', () => {
  it('is named once where two tools report the same code at the same place, by the editor’s', () => {
    const ofEditor = finding({ class: 'syntax', code: 'invalid-syntax', tool: 'Ruff' });
    const verdict = judge(evidence({ own: checked([syntax]), editor: [ofEditor] }));
    expect(verdict).toMatchObject({ blocking: [first(ofEditor)], kept: [{ code: 'invalid-syntax' }] });
  });

  it.each([
    [
      'an undefined name',
      undefinedName('nmae', { tool: 'Pylance', code: 'reportUndefinedVariable', origin: 'editor' }),
      undefinedName('nmae', { origin: 'editor' }),
    ],
    [
      'what doesn’t parse',
      finding({ class: 'syntax' }),
      finding({ class: 'syntax', tool: 'Flake8', code: 'E999' }),
    ],
    [
      'a rule that both have',
      finding({ tool: 'Ruff', code: 'F502' }),
      finding({ tool: 'Flake8', code: 'F502', message: 'Something else' }),
    ],
  ])('is named once where two tools of the editor report %s, by the first', (_what, one, other) => {
    expect(judge(evidence({ editor: [one, other] }))).toMatchObject({ blocking: [first(one)], kept: [{}] });
  });

  it('is sure to be fixed where any of those who report it is sure', () => {
    const flake8 = finding({ tool: 'Flake8', code: 'F632' });
    const own = finding({ tool: 'Ruff', code: 'F632', origin: 'own', fix: 'sure' });
    const verdict = judge(evidence({ editor: [flake8], own: checked([own], [own]) }));
    expect(verdict).toMatchObject({ blocking: [{ ...first(flake8), fix: 'sure' }] });
  });

  it.each([
    [
      'errors of two kinds',
      finding({ code: 'reportCallIssue' }),
      finding({ tool: 'Mypy', code: 'call-arg' }),
    ],
    [
      'two names that are nowhere defined',
      undefinedName('a', { origin: 'editor' }),
      undefinedName('b', { tool: 'Pylance', origin: 'editor', column: 9 }),
    ],
  ])('is named twice where two tools report %s', (_what, one, other) => {
    expect(judge(evidence({ editor: [one, other] }))).toMatchObject({ blocking: [{}, {}] });
  });

  it('is named twice where one tool says two things of one place', () => {
    const editor = [finding({ message: 'first' }), finding({ message: 'second' })];
    expect(judge(evidence({ editor }))).toMatchObject({ blocking: [{}, {}] });
  });

  it('comes in the order of the text', () => {
    const editor = [finding({ line: 15 }), finding({ line: 11 }), finding({ line: 11, column: 1 })];
    const verdict = judge(evidence({ editor }));
    expect(verdict).toMatchObject({
      blocking: [
        { range: { start: { line: 11, character: 1 } } },
        { range: { start: { line: 11, character: 4 } } },
        { range: { start: { line: 15 } } },
      ],
    });
  });

  it('leaves the lesser ones out where there is more than a draft may hold', () => {
    const style = Array.from({ length: limits.findings }, (_, column) =>
      finding({ class: 'style', severity: 'warning', column, code: `C${column}` }),
    );
    const verdict = judge(evidence({ editor: [...style, finding({ line: 19 })] }));
    if (verdict.kind !== 'blocked') throw new Error(verdict.kind);
    expect(verdict.kept).toHaveLength(limits.findings);
    expect(verdict.kept.at(-1)).toMatchObject({ line: 10 });
  });
});

describe('a push of several parts', () => {
  const ranges = [selection, { start: { line: 30, character: 4 }, end: { line: 31, character: 0 } }];
  const partsWith = (editor: Finding[]): Part[] =>
    ranges.map((range, index) => ({ range, firstLine: index * 10, editor, namesAnswered: false }));
  const own: OwnCheck = { kind: 'checked', alone: [], inDocument: [[], []], proof };

  it('is stopped by what touches one of them, and by nothing between them', () => {
    const [between, within] = [finding({ line: 25 }), finding({ line: 30, column: 6 })];
    const verdict = judge({ policy: 'errors', parts: partsWith([between, within]), own });
    expect(verdict).toMatchObject({ kind: 'blocked', blocking: [{ ...within, part: 1 }] });
  });

  it('has its findings at the lines of the joined text', () => {
    const editor = [finding({ line: 12 }), finding({ line: 30, column: 6 })];
    const verdict = judge({ policy: 'errors', parts: partsWith(editor), own });
    expect(verdict).toMatchObject({
      kept: [
        { line: 3, column: 5 },
        { line: 11, column: 3 },
      ],
    });
  });

  it('is judged by what Ruff found in each of them', () => {
    const { range: _, ...elsewhere } = syntax;
    const inSecond = { ...elsewhere, range: ranges[1] ?? selection };
    const verdict = judge({
      policy: 'syntax',
      parts: partsWith([]),
      own: { ...own, alone: [{ piece: 1, finding: inSecond }] },
    });
    expect(verdict).toMatchObject({ blocking: [{ part: 1 }], kept: [{ line: 11, column: 1 }] });
  });

  it('needs a name of any of them once', () => {
    const alone = [undefinedName('np'), undefinedName('np', { line: 30 })].map((each, piece) => ({
      piece,
      finding: each,
    }));
    expect(judge({ policy: 'errors', parts: partsWith([]), own: { ...own, alone } })).toMatchObject({
      kind: 'clean',
      needs: ['np'],
    });
  });
});

describe('any evidence', () => {
  const classes: readonly FindingClass[] = ['syntax', 'undefined-name', 'missing-import', 'error', 'style'];
  const anyFinding = fc
    .record({
      class: fc.constantFrom(...classes),
      severity: fc.constantFrom<Severity>('error', 'warning', 'note'),
      origin: fc.constantFrom<Finding['origin']>('editor', 'own'),
      code: fc.constantFrom('', 'F821', 'invalid-syntax', 'F706'),
      message: fc.string(),
      line: fc.nat(30),
      column: fc.nat(9),
    })
    .map(finding);
  const findings = fc.array(anyFinding, { maxLength: 8 });
  const anyPart: fc.Arbitrary<Part> = fc.record({
    range: fc.constantFrom(selection, { start: { line: 22, character: 0 }, end: { line: 25, character: 0 } }),
    firstLine: fc.nat(30),
    editor: findings,
    namesAnswered: fc.boolean(),
  });
  const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
    policy: fc.constantFrom(...policies),
    parts: fc.array(anyPart, { minLength: 1, maxLength: 3 }),
    own: fc.oneof(
      fc.constant<OwnCheck>({ kind: 'none' }),
      fc.constant<OwnCheck>({ kind: 'failed', reason: 'It broke.' }),
      fc.tuple(findings, findings).map(([alone, inDocument]) => checked(alone, inDocument)),
    ),
  });

  it('gives what a draft may hold', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const verdict = judge(any);
        if (verdict.kind === 'failed') return;
        const { kept, needs } = verdict;
        expect(checkDetails({ ...plainDetails, findings: kept, needs }).ok).toBe(true);
      }),
    );
  });

  it('is clean only where Ruff did not fail and found nothing that does not parse', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const { own } = any;
        if (judge(any).kind !== 'clean') return;
        expect(own.kind).not.toBe('failed');
        if (own.kind === 'checked')
          expect(own.alone.every(({ finding: found }) => found.class !== 'syntax')).toBe(true);
      }),
    );
  });

  it('is never judged milder by a stricter policy', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const [mild, usual, strict] = policies.map((policy) => judge({ ...any, policy }).kind === 'clean');
        if (strict) expect(usual).toBe(true);
        if (usual) expect(mild).toBe(true);
      }),
    );
  });

  it('never stops for a missing import', () => {
    fc.assert(
      fc.property(findings, (any) => {
        const editor = any.map((found): Finding => ({ ...found, class: 'missing-import' }));
        expect(kindOf({ policy: 'warnings', editor })).toBe('clean');
      }),
    );
  });
});

describe('what pybin has to show itself', () => {
  it('is what no tool of the editor shows on that line', () => {
    const shown = finding({ class: 'syntax', line: 12 });
    const other = finding({ ...syntax, line: 14 });
    expect(shownNowhere([shown, syntax, other])).toEqual([other]);
  });
});
