// What somebody who signs in has begun and not ended: a closed union, small enough for one value. Pure types.

import type { Credential } from '../key.ts';

/** Somebody was sent to a provider and is to come back. */
export interface ProviderFlow {
  readonly kind: 'provider';
  readonly provider: string;
  /** For whom: somebody who signs in, or the owner of an account who adds this way to it. */
  readonly intent: { readonly kind: 'sign-in' } | { readonly kind: 'link'; readonly routingHash: string };
  /** SHA-256 in hex of what the browser that began shows: another doesn't end what this one began. */
  readonly browserHash: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly returnPath: string | undefined;
}

/** A provider has said who somebody is, and no account is theirs: they choose a user id. */
export interface RegistrationFlow {
  readonly kind: 'registration';
  readonly provider: string;
  /** The name of the identity. */
  readonly identity: string;
  readonly browserHash: string;
  readonly returnPath: string | undefined;
}

/** An editor was approved, and is to fetch its key. */
export interface EditorFlow {
  readonly kind: 'editor';
  readonly codeChallenge: string;
  /** The name of the editor's key. */
  readonly name: string;
  readonly userId: string;
  /** The session of the one who approved: it makes the key. */
  readonly by: Credential;
}

/** All kinds. Each is ended by the one who knows its name, once. */
export type FlowState = ProviderFlow | RegistrationFlow | EditorFlow;

export type FlowKind = FlowState['kind'];

/** The state of a kind. */
export type FlowOf<Kind extends FlowKind> = Extract<FlowState, { readonly kind: Kind }>;
