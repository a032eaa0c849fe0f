// By what a text was found clean: goes with the snippet, for whoever reads it.
// Pure.

export interface Proof {
  /** The linter, as it names itself; empty where none was asked. */
  readonly linter: string;
  readonly linterVersion: string;
  /** SHA-256 of the configuration that it ran with, in hex; empty where there is none, or it can't be told. */
  readonly configurationSha256: string;
  /** Why it was pushed although something was found, in its owner's words; empty where nothing was passed over. */
  readonly overrideReason: string;
}

/** Nobody but the editor's own tools was asked. */
export const noProof: Proof = {
  linter: '',
  linterVersion: '',
  configurationSha256: '',
  overrideReason: '',
};
