// What the extension host and the thread with Ruff in it say to each other: plain data, closed unions.

export interface RuffRequest {
  readonly kind: 'check';
  readonly id: number;
  readonly text: string;
}

export type RuffResponse =
  /** What Ruff answered, as it answered it. */
  | { readonly kind: 'checked'; readonly id: number; readonly answer: unknown; readonly version: string }
  /** It threw: the thread is not to be used again. */
  | { readonly kind: 'broke'; readonly id: number; readonly reason: string };
