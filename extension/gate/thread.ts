// The thread that the bundled Ruff runs in, whatever it is made of: a thread of Node, or a worker of a browser.

import type { RuffRequest, RuffResponse } from './ruff-protocol.ts';

export interface Thread {
  post(request: RuffRequest): void;
  /** Nothing is heard of it any more. */
  end(): void;
}

/** What is heard of a thread. */
export interface ThreadEvents {
  readonly answered: (response: RuffResponse) => void;
  /** It died, or never came to life. The reason is a sentence for a person. */
  readonly died: (reason: string) => void;
}

export type StartThread = (events: ThreadEvents) => Thread;
