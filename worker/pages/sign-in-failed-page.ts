// Where a sign-in ends that came to nothing: what happened, and how to go on.

import type { FailureKind } from '../identity/providers/failure.ts';
import { columnPage } from './column-page.ts';
import { html, type Page } from './html.ts';

/** The way on from there. */
export interface GoOn {
  readonly href: string;
  readonly label: string;
}

interface Words {
  readonly status: number;
  readonly title: string;
  /** What happened, and what to do. */
  readonly text: (provider: string) => string;
}

const words: Record<FailureKind, Words> = {
  denied: {
    status: 403,
    title: 'You didn’t sign in',
    text: (provider) => `${provider} says that you declined. Nothing was changed here.`,
  },
  over: {
    status: 400,
    title: 'This sign-in is over',
    text: () => 'It was finished before, took too long, or never began here. Begin again.',
  },
  other_browser: {
    status: 400,
    title: 'Begin again in this browser',
    text: () =>
      'This sign-in was begun in another browser, or this one keeps no cookies. Allow cookies for this site and begin again.',
  },
  code_refused: {
    status: 400,
    title: 'It took too long',
    text: (provider) => `What ${provider} sent you back with had expired, or was used before. Begin again.`,
  },
  provider_down: {
    status: 503,
    title: 'No answer',
    text: (provider) =>
      `${provider} can’t be reached right now, or has trouble of its own. Try again in a while.`,
  },
  untrusted: {
    status: 502,
    title: 'Not proved',
    text: (provider) =>
      `What came back isn’t proved to be the word of ${provider}, so you are not signed in. Begin again; if it stays, tell the operator.`,
  },
  misconfigured: {
    status: 502,
    title: 'Not set up right',
    text: (provider) =>
      `${provider} doesn’t know this instance as it presents itself. Its operator has to look at the client’s id and secret, and at the redirect address. Another way to sign in may work.`,
  },
};

export function signInFailedPage(
  kind: FailureKind,
  provider: string,
  goOn: GoOn,
): { readonly page: Page; readonly status: number } {
  const { status, text, title } = words[kind];
  return { status, page: pageOf(title, text(provider), goOn) };
}

/** What was refused here, and not on the way. */
export function signInRefusedPage(text: string, goOn: GoOn): Page {
  return pageOf('That didn’t work', text, goOn);
}

function pageOf(title: string, text: string, { href, label }: GoOn): Page {
  const content = html`<p role="alert">${text}</p>
    <p><a class="button primary" href="${href}">${label}</a></p>`;
  return columnPage({ title, content });
}
