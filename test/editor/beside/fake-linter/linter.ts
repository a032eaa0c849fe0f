// What a test tells the fake linter to be: plain data, as the two are extensions of their own.

/** The command that begins one. Resolves when it has spoken of every document that is open. */
export const startCommand = 'fakeLinter.start';
/** The command that ends them all, and takes back what they said. */
export const stopCommand = 'fakeLinter.stop';

export interface FakeLinter {
  /** How it signs what it finds. */
  readonly source: string;
  /** Each place of this text in a document is a finding. */
  readonly finds: string;
  readonly code?: string | number | { readonly value: string | number; readonly target: string };
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** When it looks at a document again. It looks at each that is opened. */
  readonly runs: 'on-type' | 'on-save';
  /** How long a look takes. */
  readonly takesMs: number;
  /** After an edit it first says once more, halfway, what it said of the text before. */
  readonly repeatsItself: boolean;
}
