// Connecting an editor: from the address that it opens to the key that it fetches.

import { beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { expectProblem } from '../doors/problem.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { hiddenFields, linkOf, open, type Shown, submit } from './forms.ts';

// RFC 7636, appendix B.
const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const asked = {
  redirect_uri: 'vscode://pybin.pybin/signed-in?windowId=1',
  state: 'state-of-the-editor',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
  name: 'VS Code on laptop',
};

useOwnClock();

let users = 0;

async function somebody(): Promise<{ user: User; browser: Browser }> {
  users += 1;
  const user = await signIn(`connects-${users}`);
  return { user, browser: await openBrowser(user.userId) };
}

const connectPath = (fields: Record<string, string>) => `/connect?${new URLSearchParams(fields).toString()}`;

/** The page after an answer, as a person gets there. */
async function answered(browser: Browser, answer: 'approve' | 'refuse', fields = asked): Promise<Shown> {
  const page = await open(browser, connectPath(fields));
  return submit(browser, '/connect', { ...hiddenFields(page), answer });
}

/** The code that an editor of this browser's owner gets. */
async function approvedCode(browser: Browser, fields = asked): Promise<string> {
  const page = await answered(browser, 'approve', fields);
  return new URL(linkOf(page, 'Open Visual Studio Code')).searchParams.get('code') ?? '';
}

const fetchKey = (fields: object) =>
  ask('/v1/sign-in/code', { method: 'POST', body: JSON.stringify(fields) });

describe('the page that asks', () => {
  let browser: Browser;
  let page: Shown;

  beforeAll(async () => {
    ({ browser } = await somebody());
    page = await open(browser, connectPath(asked));
  });

  it('names the editor, and where the answer goes', () => {
    expect(page.status).toBe(200);
    expect(page.heading).toBe('Does your editor ask?');
    expect(page.html).toContain('<bdi>VS Code on laptop</bdi>');
    expect(page.html).toContain('Visual Studio Code (vscode://pybin.pybin)');
  });

  it('gives nothing away, keeps nothing, and runs nothing', () => {
    expect(page.headers.get('refresh')).toBeNull();
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(page.headers.get('content-security-policy')).toContain(
      "form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.html).not.toContain('code=');
  });

  it('is asked for after the sign-in, and gone on to from there', async () => {
    const answer = await ask(connectPath(asked), { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect(answer.status).toBe(303);
    const { pathname, searchParams } = new URL(answer.headers.get('location') ?? '', origin);
    expect(pathname).toBe('/sign-in');
    const back = new URL(searchParams.get('return') ?? '', origin);
    expect(Object.fromEntries(back.searchParams)).toEqual(asked);
  });

  it.each([
    ['no name', { name: '' }, '<bdi>Visual Studio Code</bdi>'],
    ['a name that hides', { name: '\u202E\u200B' }, '<bdi>Visual Studio Code</bdi>'],
    ['a long name', { name: 'x'.repeat(200) }, `<bdi>${'x'.repeat(limits.keyNameCharacters)}</bdi>`],
  ])('takes %s', async (_what, changed, expected) => {
    expect((await open(browser, connectPath({ ...asked, ...changed }))).html).toContain(expected);
  });
});

describe('what can’t be answered', () => {
  const cases: [string, Partial<typeof asked>][] = [
    ['an address elsewhere', { redirect_uri: 'https://evil.example/' }],
    ['no address', { redirect_uri: '' }],
    ['no state', { state: '' }],
    ['a state that is too long', { state: 'x'.repeat(limits.connect.stateCharacters + 1) }],
    ['no challenge', { code_challenge: '' }],
    ['a challenge that is none', { code_challenge: 'plain' }],
    ['another method', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: '' }],
  ];

  it.each(cases)('%s is told on a page, and nobody is sent anywhere', async (_what, changed) => {
    const { browser } = await somebody();
    const fields = { ...asked, ...changed };
    for (const page of [
      await open(browser, connectPath(fields)),
      await open({ ask }, connectPath(fields)),
      await submit(browser, '/connect', { ...fields, answer: 'approve' }),
    ]) {
      expect(page.status).toBe(400);
      expect(page.heading).toBe('This can’t be connected');
      expect(page.headers.get('refresh')).toBeNull();
      expect(page.headers.get('location')).toBeNull();
      expect(page.html).not.toContain('evil.example');
    }
  });

  it('a form of another site, whose approval is nobody’s', async () => {
    const { browser } = await somebody();
    for (const from of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const page = await submit(browser, '/connect', { ...asked, answer: 'approve' }, from);
      expect(page.status).toBe(403);
      expect(page.html).not.toContain('code=');
    }
  });

  it('an approval without a session', async () => {
    const page = await submit({ ask }, '/connect', { ...asked, answer: 'approve' }, { origin });
    expect(page.status).toBe(401);
    expect(page.html).not.toContain('code=');
  });

  it('one more key than there may be is told before anything is approved', async () => {
    const { browser, user } = await somebody();
    await fillKeys(user.userId);
    const page = await open(browser, connectPath(asked));
    expect(page.status).toBe(409);
    expect(page.heading).toBe('You have too many keys');
    expect(page.html).not.toContain('<form');
    expect((await open(browser, connectPath({ ...asked, name: 'key 19' }))).status).toBe(200);
  });
});

describe('whoever is signed in as somebody else than they mean', () => {
  it('changes the account on the way, and comes back to the same question', async () => {
    const { browser } = await somebody();
    const page = await open(browser, connectPath(asked));
    const signInPage = await open(browser, linkOf(page, 'Not you?'));
    const other = await somebody();
    const changed = await submit(browser, '/sign-in/local', {
      ...hiddenFields(signInPage),
      userId: other.user.userId,
    });
    expect(changed.status).toBe(303);
    const back = new URL(changed.headers.get('location') ?? '', origin);
    expect(back.pathname).toBe('/connect');
    expect(Object.fromEntries(back.searchParams)).toEqual(asked);
    const again = await open(other.browser, back.pathname + back.search);
    expect(again.html).toContain(`<dt>Account</dt><dd><strong>${other.user.userId}</strong>`);
    expect(hiddenFields(again)).toEqual({ ...asked, account: other.user.userId });
  });

  it('approves nothing on a page that named another account: it is asked anew', async () => {
    const [first, other] = [await somebody(), await somebody()];
    const page = await open(first.browser, connectPath(asked));
    const approved = await submit(other.browser, '/connect', { ...hiddenFields(page), answer: 'approve' });
    expect(approved.heading).toBe('Does your editor ask?');
    expect(approved.html).toContain(`<strong>${other.user.userId}</strong>`);
    expect(approved.html).not.toContain('code=');
  });
});

describe('an approval', () => {
  it('goes back to the editor by itself and by a link, with the code and its state', async () => {
    const { browser } = await somebody();
    const page = await answered(browser, 'approve');
    expect(page.status).toBe(200);
    const href = linkOf(page, 'Open Visual Studio Code');
    expect(page.headers.get('refresh')).toBe(`0; url=${href}`);
    expect(href).toMatch(
      /^vscode:\/\/pybin\.pybin\/signed-in\?windowId=1&code=[0-9A-Za-z]{22}&state=state-of-the-editor$/,
    );
  });

  it('gets the editor a key that writes, named after it', async () => {
    const { browser, user } = await somebody();
    const answer = await fetchKey({ codeVerifier, code: await approvedCode(browser) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { userId, key } = await answer.json<{ userId: string; key: string }>();
    expect(userId).toBe(user.userId);
    const headers = { authorization: `Bearer ${key}` };
    expect((await ask('/', { method: 'POST', body: 'x', headers })).status).toBe(201);
    expect(await insideOf(user.userId).rowsOf('keys')).toContainEqual(
      expect.objectContaining({ name: 'VS Code on laptop', scope: 'write' }),
    );
  });

  it('gets another key in the place of the older one of the same name', async () => {
    const { browser, user } = await somebody();
    const keys: string[] = [];
    for (const code of [await approvedCode(browser), await approvedCode(browser)]) {
      const { key } = await (await fetchKey({ codeVerifier, code })).json<{ key: string }>();
      keys.push(key);
    }
    const statuses = await Promise.all(
      [...keys, user.key].map(async (key) => {
        const answer = await ask('/v1/account', { headers: { authorization: `Bearer ${key}` } });
        return answer.status;
      }),
    );
    expect(statuses).toEqual([401, 200, 200]);
  });

  it('whose session has ended meanwhile gets nothing', async () => {
    const { browser, user } = await somebody();
    const code = await approvedCode(browser);
    await insideOf(user.userId).inStorage(({ sql }) => void sql.exec('DELETE FROM sessions'));
    await insideOf(user.userId).evict();
    await expectProblem(await fetchKey({ codeVerifier, code }), { code: 'unauthenticated' });
  });
});

describe('a refusal', () => {
  it('goes back with its reason, and without a code', async () => {
    const { browser } = await somebody();
    const page = await answered(browser, 'refuse');
    expect(page.heading).toBe('Refused');
    expect(linkOf(page, 'Open Visual Studio Code')).toBe(
      'vscode://pybin.pybin/signed-in?windowId=1&error=access_denied&state=state-of-the-editor',
    );
  });

  it('is what is meant by any other answer', async () => {
    const { browser } = await somebody();
    const page = await submit(browser, '/connect', { ...asked, answer: 'perhaps' });
    expect(page.heading).toBe('Refused');
  });
});

describe('a code', () => {
  const refused = { code: 'invalid_argument', field: 'code' } as const;

  it('is good once', async () => {
    const { browser } = await somebody();
    const code = await approvedCode(browser);
    const answers = await Promise.all([1, 2, 3].map(() => fetchKey({ codeVerifier, code })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await expectProblem(await fetchKey({ codeVerifier, code }), refused);
  });

  it('that is shown with a wrong verifier is good for nothing any more', async () => {
    const { browser } = await somebody();
    const code = await approvedCode(browser);
    await expectProblem(await fetchKey({ codeVerifier: 'x'.repeat(43), code }), refused);
    await expectProblem(await fetchKey({ codeVerifier, code }), refused);
  });

  it('ends after two minutes', async () => {
    const { browser } = await somebody();
    const inTime = await approvedCode(browser);
    const late = await approvedCode(browser);
    atSeconds(limits.connect.codeSeconds - 1);
    expect((await fetchKey({ codeVerifier, code: inTime })).status).toBe(200);
    atSeconds(limits.connect.codeSeconds);
    await expectProblem(await fetchKey({ codeVerifier, code: late }), refused);
  });

  it.each([
    ['is none', { codeVerifier, code: 'x' }, 'code'],
    ['was never given', { codeVerifier, code: '0'.repeat(22) }, 'code'],
    ['is missing', { codeVerifier }, 'code'],
    ['is no text', { codeVerifier, code: 1 }, 'code'],
    ['comes without a verifier', { code: '0'.repeat(22) }, 'codeVerifier'],
    ['comes with what nobody knows', { codeVerifier, code: 'x', redirect_uri: 'x' }, 'redirect_uri'],
  ])('that %s is refused', async (_what, fields, field) => {
    await expectProblem(await fetchKey(fields), { code: 'invalid_argument', field });
  });
});

/** Gives somebody as many keys as there may be, called "key 2" and so on. */
async function fillKeys(userId: string): Promise<void> {
  await insideOf(userId).inStorage(({ sql }) => {
    for (let number = 2; number <= limits.keysPerUser; number++)
      sql.exec(
        "INSERT INTO keys (number, secret_hash, scope, name, created_at) VALUES (?, x'00', 'read', ?, 0)",
        number,
        `key ${number}`,
      );
  });
  await insideOf(userId).evict();
}
