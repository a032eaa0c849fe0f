// The one table of Python lint tools: how each signs its diagnostics, when it runs, what its codes mean.
// A tool that isn't here is taken at its word: what it calls an error is one.

import type { FindingClass } from './finding.ts';

export type ToolId =
  | 'ruff'
  | 'pylance'
  | 'pyright'
  | 'basedpyright'
  | 'ty'
  | 'pyrefly'
  | 'pylint'
  | 'flake8'
  | 'mypy'
  | 'isort';

export interface Tool {
  readonly id: ToolId;
  /** The `source` of its diagnostics, in lower case. */
  readonly sources: readonly string[];
  /** The extensions that run it. */
  readonly extensions: readonly string[];
  /** Settings that switch it off while its extension stays active, each with the values that do. */
  readonly off: readonly { readonly setting: string; readonly values: readonly unknown[] }[];
  /** A tool that runs on save speaks of the file on disk: of another text while the document is dirty. */
  readonly runs: 'on-type' | 'on-save';
  /** Can its silence be taken for "every name is defined"? */
  readonly reportsNames: boolean;
  /** Does its extension take part in "Fix All" (the editor's `source.fixAll`)? */
  readonly fixesAll: boolean;
  /** What its codes mean; the first that fits counts. */
  readonly codes: readonly (readonly [RegExp, FindingClass])[];
  /** An error without a code. */
  readonly errorWithoutCode: FindingClass;
  /** An error with any other code. Flake8's extension calls every `E` and `F` an error, too long lines included. */
  readonly otherError: FindingClass;
}

// Pyflakes' codes, which Ruff and Flake8 share; behind each the name that Ruff's preview mode says in its place.
const PYFLAKES: Tool['codes'] = [
  [/^(F821|undefined-name|F822|undefined-export)$/, 'undefined-name'],
  [
    /^(F701|break-outside-loop|F702|continue-outside-loop|F703|F704|yield-outside-function|F706|return-outside-function|F707|default-except-not-last|F621|expressions-in-star-assignment|F622|multiple-starred-expressions)$/,
    'syntax',
  ],
  // Each of these raises when its line runs.
  [
    /^(F823|undefined-local|F501|percent-format-invalid-format|F502|percent-format-expected-mapping|F503|percent-format-expected-sequence|F505|percent-format-missing-argument|F506|percent-format-mixed-positional-and-named|F507|percent-format-positional-count-mismatch|F508|percent-format-star-requires-sequence|F509|percent-format-unsupported-format-character|F521|string-dot-format-invalid-format|F524|string-dot-format-missing-arguments|F525|string-dot-format-mixing-automatic|F633|invalid-print-syntax)$/,
    'error',
  ],
  [/^(F401|unused-import|F811|redefined-while-unused|F841|unused-variable)$/, 'style'],
];

const PYRIGHT = {
  runs: 'on-type',
  reportsNames: true,
  fixesAll: false,
  codes: [
    [/^reportUndefinedVariable$/, 'undefined-name'],
    [/^(reportMissingImports|reportMissingModuleSource|reportMissingTypeStubs)$/, 'missing-import'],
    [/^report(Unused|Unnecessary)/, 'style'],
  ],
  errorWithoutCode: 'syntax',
  otherError: 'error',
} as const;

export const tools: readonly Tool[] = [
  {
    id: 'ruff',
    sources: ['ruff'],
    extensions: ['charliermarsh.ruff'],
    off: [
      { setting: 'ruff.enable', values: [false] },
      { setting: 'ruff.lint.enable', values: [false] },
    ],
    runs: 'on-type',
    reportsNames: true,
    fixesAll: true,
    codes: [[/^(invalid-syntax|syntax-error|io-error|E9\d\d)$/, 'syntax'], ...PYFLAKES],
    // Ruff before 0.9 gave syntax errors no code.
    errorWithoutCode: 'syntax',
    otherError: 'error',
  },
  {
    ...PYRIGHT,
    id: 'pylance',
    fixesAll: true,
    sources: ['pylance'],
    extensions: ['ms-python.vscode-pylance'],
    off: [{ setting: 'python.languageServer', values: ['None', 'Jedi'] }],
  },
  { ...PYRIGHT, id: 'pyright', sources: ['pyright'], extensions: ['ms-pyright.pyright'], off: [] },
  {
    ...PYRIGHT,
    id: 'basedpyright',
    sources: ['basedpyright'],
    extensions: ['detachhead.basedpyright'],
    off: [],
  },
  {
    id: 'ty',
    sources: ['ty'],
    extensions: ['astral-sh.ty'],
    off: [],
    runs: 'on-type',
    reportsNames: true,
    fixesAll: false,
    codes: [
      [/^invalid-syntax/, 'syntax'],
      [/^unresolved-reference$/, 'undefined-name'],
      [/^unresolved-import$/, 'missing-import'],
      [/^unused-/, 'style'],
    ],
    errorWithoutCode: 'syntax',
    otherError: 'error',
  },
  {
    id: 'pyrefly',
    sources: ['pyrefly'],
    extensions: ['meta.pyrefly'],
    off: [],
    runs: 'on-type',
    // Without a configuration of its own it stays silent about names.
    reportsNames: false,
    fixesAll: true,
    codes: [
      [/^(parse-error|invalid-syntax)$/, 'syntax'],
      [/^unknown-name$/, 'undefined-name'],
      [
        /^(missing-import|import-error|missing-source|missing-source-for-stubs|untyped-import)$/,
        'missing-import',
      ],
      [/^unused-/, 'style'],
    ],
    errorWithoutCode: 'syntax',
    otherError: 'error',
  },
  {
    id: 'pylint',
    sources: ['pylint'],
    extensions: ['ms-python.pylint'],
    off: [{ setting: 'pylint.enabled', values: [false] }],
    runs: 'on-save',
    reportsNames: true,
    fixesAll: false,
    // Codes read `E0602:undefined-variable`, or either half of it.
    codes: [
      [/^(E0001\b|syntax-error$|E010[345]\b)/, 'syntax'],
      [/^(E060[23]\b|undefined-variable$|undefined-all-variable$)/, 'undefined-name'],
      [/^(E0401\b|import-error$|E0611\b|no-name-in-module$)/, 'missing-import'],
      [/^[CRIW]\d{4}\b/, 'style'],
    ],
    errorWithoutCode: 'error',
    otherError: 'error',
  },
  {
    id: 'flake8',
    sources: ['flake8'],
    extensions: ['ms-python.flake8'],
    off: [{ setting: 'flake8.enabled', values: [false] }],
    runs: 'on-save',
    reportsNames: true,
    fixesAll: false,
    codes: [[/^E9\d\d$/, 'syntax'], ...PYFLAKES],
    errorWithoutCode: 'style',
    otherError: 'style',
  },
  {
    id: 'mypy',
    sources: ['mypy', 'dmypy'],
    extensions: ['ms-python.mypy-type-checker', 'matangover.mypy'],
    off: [],
    runs: 'on-save',
    // Functions without annotations are not looked into unless asked for.
    reportsNames: false,
    fixesAll: false,
    codes: [
      [/^syntax$/, 'syntax'],
      [/^(name-defined|used-before-def)$/, 'undefined-name'],
      [/^(import|import-not-found|import-untyped)$/, 'missing-import'],
      [/^unused-/, 'style'],
    ],
    errorWithoutCode: 'error',
    otherError: 'error',
  },
  {
    id: 'isort',
    sources: ['isort'],
    extensions: ['ms-python.isort'],
    off: [],
    runs: 'on-save',
    reportsNames: false,
    fixesAll: false,
    codes: [],
    errorWithoutCode: 'style',
    otherError: 'style',
  },
];

const bySource = new Map(tools.flatMap((tool) => tool.sources.map((source) => [source, tool] as const)));

/** The tool that signs its diagnostics so, in any case of letters. */
export function getTool(source: string | undefined): Tool | undefined {
  return source === undefined ? undefined : bySource.get(source.toLowerCase());
}
