// A snippet's page: what it tells of the snippet, and the ways to take the text along.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { type Shown as ShownAt, type ShownSnippet, snippetPage } from '../../../worker/pages/snippet-page.ts';
import { pushed, somebody } from '../doors/pushed.ts';
import { ask } from '../edge.ts';
import { openBrowser } from '../session.ts';
import { linkOf, open, submit } from './forms.ts';

const anybody = { ask };
const nowMs = Date.UTC(2026, 10, 21);

const snippet: ShownSnippet = {
  number: 12,
  fileName: '',
  summary: '',
  language: 'python',
  visibility: 'public',
  sizeBytes: 1234,
  updatedAtMs: nowMs - 3_600_000,
  expiresAtMs: nowMs + 2 * 3_600_000,
  checkedWith: '',
  readsLeft: 0,
  text: 'x',
};
const shown: ShownAt = {
  origin: 'https://pybin.example',
  path: '/~ada/12',
  userId: 'ada',
  isLatest: false,
  isOwn: false,
  isTaken: false,
};

function bodyOf(of: Partial<ShownSnippet>, at: Partial<ShownAt> = {}): string {
  return snippetPage({ ...snippet, ...of }, { ...shown, ...at }, nowMs).body.text;
}

/** What a reader sees. */
function wordsOf(of: Partial<ShownSnippet>, at?: Partial<ShownAt>): string {
  return bodyOf(of, at)
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ');
}

describe('the page of a snippet', () => {
  it.each<[string, Partial<ShownSnippet>, Partial<ShownAt>, string]>([
    ['whose it is and its number', {}, {}, '/~ada · Number 12'],
    [
      'that the address is the newest one’s',
      {},
      { isLatest: true, path: '/~ada' },
      'Newest of ada · Number 12',
    ],
    ['its number for want of a name', {}, {}, 'Snippet 12'],
    ['what it is', {}, {}, 'python · 1,234 bytes · 1 hour ago · gone in 2 hours · for everybody'],
    ['that it is one byte', { sizeBytes: 1, language: '' }, {}, ' 1 byte ·'],
    ['that a link is needed', { visibility: 'unlisted' }, {}, 'for whoever has the link'],
    ['that nobody else sees it', { visibility: 'private' }, {}, 'for its owner only'],
    ['that it burns', { readsLeft: 2 }, {}, 'burns when read'],
    ['that it is empty', { text: '' }, {}, 'There is no text in it.'],
    ['that one more may read it', { readsLeft: 2 }, { isTaken: true }, 'One more is left.'],
    ['how many more may read it', { readsLeft: 4 }, { isTaken: true }, '3 more are left.'],
    ['that this was the last time', { readsLeft: 1 }, { isTaken: true }, 'it is gone'],
  ])('tells %s', (_what, of, at, words) => {
    expect(wordsOf(of, at)).toContain(words);
  });

  it.each([
    [limits.summaryCharacters - 1, ''],
    [limits.summaryCharacters, '…'],
  ])('marks a description that goes on: of %i characters with "%s"', (length, end) => {
    const summary = '\u{1F40D}'.repeat(length);
    expect(bodyOf({ summary })).toContain(`<p>${summary}${end}</p>`);
  });

  it.each<[string, Partial<ShownSnippet>, Partial<ShownAt>, boolean]>([
    ['public', { visibility: 'public' }, {}, false],
    ['unlisted, by its link', { visibility: 'unlisted' }, { userId: undefined }, false],
    ['unlisted, at its owner’s address', { visibility: 'unlisted' }, {}, true],
    ['private, by its link', { visibility: 'private' }, { userId: undefined }, true],
    ['burning', { visibility: 'unlisted', readsLeft: 1 }, { userId: undefined }, true],
  ])('has a line for a terminal, with a key where it takes one: %s', (_what, of, at, needsKey) => {
    const key = needsKey ? '-H &quot;Authorization: Bearer pyb_...&quot; ' : '';
    expect(bodyOf(of, at)).toContain(`>curl ${key}https://pybin.example/~ada/12</code>`);
  });

  it('of a link doesn’t say whose it is', () => {
    expect(bodyOf({}, { userId: undefined, path: '/s/x' })).not.toContain('ada');
  });

  it('offers no way to a text that is gone, and no time that it has', () => {
    expect(wordsOf({ readsLeft: 1 }, { isTaken: true })).not.toMatch(/gone in|burns/);
    expect(bodyOf({ readsLeft: 1 }, { isTaken: true })).not.toMatch(/curl|\/raw/);
  });
});

describe('a browser', () => {
  it('gets the very bytes by the links of the page', async () => {
    const ada = await somebody();
    await ada.ask('/a%20b.py', { method: 'PUT', body: 'x = 1\r\n' });
    for (const path of [`/~${ada.userId}`, `/~${ada.userId}/1`]) {
      const page = await open(anybody, path);
      expect(page.html).toContain('download="a b.py"');
      expect(await (await ask(linkOf(page, 'Raw'))).text()).toBe('x = 1\r\n');
    }
  });

  it('of its owner gets to the account from there, and what is private', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'mine', '?visibility=private');
    const browser = await openBrowser(ada.userId);
    const page = await open(browser, `/s/${id}`);
    expect(linkOf(page, 'Your account')).toBe('/account');
    expect(await (await browser.ask(linkOf(page, 'Raw'))).text()).toBe('mine');
  });

  it('that takes a read is told what is left, and that it was the last', async () => {
    const { id } = await pushed(await somebody(), 'secret', '?burn=2');
    const read = () => submit(anybody, `/s/${id}/reveal`, {});
    expect((await read()).html).toContain('One more is left.');
    expect((await read()).html).toContain('This was its last read');
  });
});
