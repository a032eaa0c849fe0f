// What comes back to this window from a browser. A URI can be opened by any page and any program: one that isn't
// awaited, by a secret that only the right one knows, does nothing.

import type { Log } from '../../log.ts';

const PATH = '/signed-in';
/** A name of our own: some editors in a browser find their window by a `state` that they add themselves. */
const SECRET_PARAMETER = 'attempt';

/** A URI of the editor, already parsed. */
export interface IncomingUri {
  readonly path: string;
  readonly query: string;
}

export class Callbacks {
  readonly #log: Pick<Log, 'warn'>;
  readonly #awaited = new Map<string, (query: URLSearchParams) => void>();

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log;
  }

  /** What the editor's own address has after its extension's name, so that the answer is known by `secret`. */
  static pathFor(secret: string): string {
    return `${PATH}?${new URLSearchParams({ [SECRET_PARAMETER]: secret }).toString()}`;
  }

  handleUri({ path, query }: IncomingUri): void {
    const parameters = new URLSearchParams(query);
    const secret = parameters.get(SECRET_PARAMETER) ?? '';
    const take = path === PATH ? this.#awaited.get(secret) : undefined;
    this.#awaited.delete(secret);
    if (take) take(parameters);
    else this.#log.warn('An address from outside was opened that nobody awaits: nothing was done.');
  }

  /** The query of the first URI that knows the secret. @throws the signal's reason once it is aborted */
  async await(secret: string, signal: AbortSignal): Promise<URLSearchParams> {
    const { promise, resolve, reject } = Promise.withResolvers<URLSearchParams>();
    const giveUp = (): void => reject(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', giveUp, { once: true });
    this.#awaited.set(secret, resolve);
    try {
      return await promise;
    } finally {
      this.#awaited.delete(secret);
      signal.removeEventListener('abort', giveUp);
    }
  }
}
