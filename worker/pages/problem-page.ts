// What a browser gets where something went wrong: what happened, and how to go on.

import { limits } from '../../shared/limits.ts';
import { type Problem, type ProblemCode, problems } from '../../shared/problem.ts';
import { columnPage } from './column-page.ts';
import { type Html, html, type Page } from './html.ts';

/** What was asked for, as far as it leads on. */
export interface Asked {
  /** Asks the same again; undefined where that would do something, or lead elsewhere. */
  readonly againPath: string | undefined;
  /** Signs in, and comes back where that leads to a page. */
  readonly signInPath: string;
}

type Way = 'again' | 'sign in' | 'home';

/** How one goes on from each problem. */
const ways: Record<ProblemCode, Way> = {
  invalid_argument: 'home',
  unauthenticated: 'sign in',
  forbidden: 'home',
  not_found: 'sign in',
  method_not_allowed: 'home',
  alias_taken: 'home',
  keys_full: 'home',
  burning: 'home',
  lost: 'home',
  stale: 'again',
  too_large: 'home',
  not_text: 'home',
  rate_limited: 'again',
  canceled: 'again',
  internal: 'again',
  unavailable: 'again',
};

export function problemPage(problem: Problem, asked: Asked): Page {
  const { code, detail } = problem;
  const { status, title } = problems[code];
  return columnPage({
    title: `${status} · ${title}`,
    content: html`<p>${detail}</p>
      ${code === 'not_found' ? whereItMayBe() : html``} ${waitOf(problem)} ${requestIdOf(problem)}
      <div class="actions">${goOn(ways[code], asked)}</div>`,
  });
}

/** The same for what is private, what has left and what never was: nobody learns which. */
function whereItMayBe(): Html {
  const hours = limits.ttlSeconds.default / 3600;
  return html`<ul class="reasons">
    <li>An address that was typed may have a mistake in it.</li>
    <li>Snippets leave by themselves, after ${hours} hours unless their author says otherwise, and may be deleted sooner. Ask for a new one.</li>
    <li>What is private, only its owner sees. If it is yours, sign in and ask again.</li>
  </ul>`;
}

function waitOf({ retryAfterSeconds }: Problem): Html {
  if (retryAfterSeconds === undefined) return html``;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const wait =
    minutes > 1
      ? `${minutes} minutes`
      : retryAfterSeconds === 1
        ? 'a second'
        : `${retryAfterSeconds} seconds`;
  return html`<p>It may work again in ${wait}.</p>`;
}

function requestIdOf({ requestId }: Problem): Html {
  return requestId === undefined
    ? html``
    : html`<dl><dt>Request id</dt><dd><code class="copied">${requestId}</code></dd></dl>`;
}

function goOn(way: Way, { againPath, signInPath }: Asked): Html {
  const home = html`<a class="button" href="/">To the front page</a>`;
  if (way === 'sign in') return html`<a class="button primary" href="${signInPath}">Sign in</a>${home}`;
  if (way === 'again' && againPath !== undefined)
    return html`<a class="button primary" href="${againPath}">Try again</a>${home}`;
  return home;
}
