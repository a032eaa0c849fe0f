// The page on which a person approves an editor, and what it answers (RFC 6749, 4.1): pure.

export interface Approval {
  /** Where the browser goes with the answer. */
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  /** The name that the key gets. */
  readonly name: string;
}

export function connectAddress(endpoint: string, approval: Approval): string {
  const query = new URLSearchParams({
    redirect_uri: approval.redirectUri,
    state: approval.state,
    code_challenge: approval.codeChallenge,
    code_challenge_method: 'S256',
    name: approval.name,
  });
  // A plus sign for a space is read by forms alone.
  return `${endpoint}/connect?${query.toString().replaceAll('+', '%20')}`;
}

export type Answer =
  | { readonly kind: 'approved'; readonly code: string }
  | { readonly kind: 'denied' }
  /** Neither: what it says instead. */
  | { readonly kind: 'strange'; readonly error: string };

export function readAnswer(query: URLSearchParams): Answer {
  const code = query.get('code');
  const error = query.get('error');
  if (error === 'access_denied') return { kind: 'denied' };
  if (code && error === null) return { kind: 'approved', code };
  return { kind: 'strange', error: error ?? 'no code' };
}
