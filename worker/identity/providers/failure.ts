// All that can go wrong between here and a provider, as far as it is told to a person: a closed union.

export type FailureKind =
  /** The person said no, or the provider did in their name. */
  | 'denied'
  /** The attempt was ended already, took too long, or never was. */
  | 'over'
  /** The answer came to another browser than the one that asked. */
  | 'other_browser'
  /** The provider takes its own code no more: expired, or used. */
  | 'code_refused'
  /** The provider doesn't answer, or says that it can't. */
  | 'provider_down'
  /** What the provider, or somebody in its name, says isn't proved. */
  | 'untrusted'
  /** The provider doesn't know this instance as it presents itself. */
  | 'misconfigured';

/** An attempt to sign in that came to nothing. Says nothing of codes, tokens or what a provider wrote. */
export class SignInFailed extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, options?: ErrorOptions) {
    super(`sign-in failed: ${kind}`, options);
    this.name = 'SignInFailed';
    this.kind = kind;
  }
}
