// The pages of what went wrong: what happened, how to go on, and nothing of what others have.

import { describe, expect, it } from 'vitest';
import { type Problem, type ProblemCode, problems } from '../../../shared/problem.ts';
import { type Asked, problemPage } from '../../../worker/pages/problem-page.ts';
import { problemResponse } from '../../../worker/problem-response.ts';
import { pushed, somebody } from '../doors/pushed.ts';
import { ask } from '../edge.ts';
import { openBrowser } from '../session.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { linkOf, open, type Shown } from './forms.ts';

useOwnClock();

const anybody = { ask };
const asked: Asked = { againPath: '/~ada?x=1', signInPath: '/sign-in' };

function shown(problem: Partial<Problem> & Pick<Problem, 'code'>, by: Asked = asked): string {
  return problemPage({ detail: 'It happened.', ...problem }, by).body.text;
}

/** A page as it is at every address. */
function withoutAddress({ html }: Shown, path: string): string {
  return html.replaceAll(encodeURIComponent(path), '').replaceAll(/nonce="[^"]*"/g, '');
}

describe('a page of a problem', () => {
  const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);

  it.each(codes)('says what happened and leads to the front page: %s', (code) => {
    const page = shown({ code });
    expect(page).toContain(`<h1>${problems[code].status} · ${problems[code].title}</h1>`);
    expect(page).toContain('It happened.');
    expect(page).toContain('<a class="button" href="/">To the front page</a>');
  });

  it.each<ProblemCode>(['internal', 'unavailable', 'rate_limited'])('asks the same again: %s', (code) => {
    expect(shown({ code })).toContain('href="/~ada?x=1">Try again</a>');
  });

  it('asks nothing again that would do something', () => {
    expect(shown({ code: 'internal' }, { ...asked, againPath: undefined })).not.toContain('Try again');
  });

  it('has the id that the operator is to be told', () => {
    expect(shown({ code: 'internal', requestId: 'an-id' })).toContain('an-id');
  });

  it.each([
    [1, 'a second'],
    [60, '60 seconds'],
    [61, '2 minutes'],
  ])('says how long to wait: %d seconds', (retryAfterSeconds, words) => {
    expect(shown({ code: 'rate_limited', retryAfterSeconds })).toContain(`It may work again in ${words}.`);
  });
});

/** What a browser gets. */
async function pageOf(code: ProblemCode, path: string, method = 'GET'): Promise<string> {
  const request = new Request(`https://pybin.example${path}`, { method, headers: { accept: 'text/html' } });
  return problemResponse({ code, detail: 'It happened.' }, request).text();
}

describe('the ways on from a page of a problem', () => {
  it('lead back to what was asked for', async () => {
    expect(await pageOf('rate_limited', '/~ada?x=1')).toContain('href="/~ada?x=1">Try again</a>');
    expect(await pageOf('not_found', '/~ada/3')).toContain('href="/sign-in?return=%2F~ada%2F3">Sign in</a>');
  });

  it('never lead to another site', async () => {
    expect(await pageOf('rate_limited', '//evil.example/x')).not.toContain('evil.example');
    expect(await pageOf('not_found', '//evil.example/x')).not.toContain('evil.example');
  });

  it('don’t lead back to where something was sent', async () => {
    expect(await pageOf('not_found', '/s/x/reveal', 'POST')).toContain('href="/sign-in">Sign in</a>');
    expect(await pageOf('internal', '/s/x/reveal', 'POST')).not.toContain('Try again');
  });
});

describe('the page where nothing is', () => {
  it('is the same for what is private, was deleted, has expired and never was', async () => {
    const ada = await somebody();
    const pages: string[] = [];
    const keep = async (path: string) => {
      const page = await open(anybody, path);
      expect(page.status).toBe(404);
      pages.push(withoutAddress(page, path));
    };
    const mine = await pushed(ada, 'mine', '?visibility=private');
    const deleted = await pushed(ada, 'deleted');
    const short = await pushed(ada, 'short', '?ttl=1m');
    await ada.ask(`/s/${deleted.id}`, { method: 'DELETE' });
    atSeconds(60);
    for (const { id, number } of [mine, deleted, short]) {
      await keep(`/s/${id}`);
      await keep(`/~${ada.userId}/${number}`);
    }
    await keep('/~nobody-at-all');
    await keep('/s/0000000000000000000000');
    expect(new Set(pages).size).toBe(1);
  });

  it('leads by the sign-in back to what was asked for', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'mine', '?visibility=private');
    const signIn = linkOf(await open(anybody, `/s/${id}`), 'Sign in');
    expect(signIn).toBe(`/sign-in?return=%2Fs%2F${id}`);
    const browser = await openBrowser(ada.userId);
    const back = linkOf(await open(browser, signIn), `Go on as ${ada.userId}`);
    expect((await open(browser, back)).html).toContain('mine');
  });
});

describe('an empty stack', () => {
  it('shows its owner how to push, and others that nothing is there', async () => {
    const ada = await somebody();
    const browser = await openBrowser(ada.userId);
    const path = `/~${ada.userId}`;
    const own = await open(browser, path);
    expect([own.status, own.heading]).toEqual([404, 'Your stack is empty']);
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect((await open(browser, `${path}/1`)).heading).toContain('There is nothing here');
    for (const other of [anybody, await openBrowser((await somebody()).userId)])
      expect((await open(other, path)).heading).toContain('There is nothing here');
  });

  it('says nothing of it to a browser whose session is over', async () => {
    const ada = await somebody();
    const browser = await openBrowser(ada.userId);
    await browser.ask('/sign-out', { method: 'POST' });
    await pushed(ada, 'mine', '?visibility=private');
    const page = await open(browser, `/~${ada.userId}`);
    expect(page.heading).toContain('There is nothing here');
    expect(page.html).not.toContain('mine');
  });
});
