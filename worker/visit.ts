// One request on its way: what is counted of it, and what is logged where it went wrong.

import { type Problem, ProblemError, problems } from '../shared/problem.ts';
import { log } from './log.ts';
import { countRefusal, countRequest, methodLabel } from './metrics/isolate.ts';

/** What the log knows an answer by, on those that it tells of. */
const REQUEST_ID_HEADER = 'pybin-request-id';

/** A request as the router leaves it: with the pattern of the route that it took. */
export interface RoutedRequest extends Request {
  readonly route?: string;
}

export class Visit {
  readonly #method: string;
  readonly #startedAtMs: number;
  #asked: RoutedRequest | undefined;
  #requestId: string | undefined;

  constructor(method: string, startedAtMs: number) {
    this.#method = method;
    this.#startedAtMs = startedAtMs;
  }

  /** The request as the router gets it. */
  ask(asked: RoutedRequest): RoutedRequest {
    this.#asked = asked;
    return asked;
  }

  /** Counts a problem. One of ours is logged, too, under an id that the one who asked gets. Gives what is to be answered. */
  tell(problem: Problem, cause?: unknown): Problem {
    const { code } = problem;
    const { status } = problems[code];
    countRefusal(code);
    if (status < 500) return problem;
    const requestId = crypto.randomUUID();
    this.#requestId = requestId;
    const fields = {
      requestId,
      method: methodLabel(this.#method),
      route: this.#route(),
      status,
      code,
      ms: Date.now() - this.#startedAtMs,
    };
    if (code === 'internal') log('error', 'request_failed', fields, cause);
    else log('warn', 'request_refused', fields);
    return { ...problem, requestId };
  }

  /** Counts the answer, and writes on it what the log knows it by. */
  end(response: Response): Response {
    countRequest(this.#method, this.#route(), response.status);
    if (this.#requestId !== undefined) response.headers.set(REQUEST_ID_HEADER, this.#requestId);
    return response;
  }

  /** The router knows its root as an empty pattern. */
  #route(): string {
    const route = this.#asked?.route;
    return route === undefined ? 'none' : route || '/';
  }
}

/** What nobody expected is a fault of ours: its details are for the log alone. */
export function asProblem(error: unknown): Problem {
  return error instanceof ProblemError
    ? error.problem
    : {
        code: 'internal',
        detail: 'It is logged under the request id. Try again; if it stays, tell the operator that id.',
      };
}
