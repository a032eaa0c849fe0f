// Signing in from a real browser by GitHub and by Facebook, as their documentation says that they behave.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDesk, type Desk, inContext, register, whoIsIn } from './desk.ts';
import { type Facebook, FACEBOOK_CLIENT, startFacebook } from './facebook.ts';
import { type GitHub, GITHUB_CLIENT, startGitHub } from './github.ts';

let gitHub: GitHub;
let facebook: Facebook;
let desk: Desk;
let people = 100;

beforeAll(async () => {
  [gitHub, facebook] = await Promise.all([startGitHub(), startFacebook()]);
  desk = await createDesk({
    GITHUB_URL: gitHub.url,
    GITHUB_API_URL: gitHub.url,
    GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
    GITHUB_CLIENT_SECRET: GITHUB_CLIENT.secret,
    FACEBOOK_URL: facebook.url,
    FACEBOOK_GRAPH_URL: facebook.url,
    FACEBOOK_CLIENT_ID: FACEBOOK_CLIENT.id,
    FACEBOOK_CLIENT_SECRET: FACEBOOK_CLIENT.secret,
  });
});

afterAll(async () => {
  await desk.close();
  await Promise.all([gitHub.close(), facebook.close()]);
});

beforeEach(() => {
  people += 1;
  gitHub.userId = people;
  gitHub.areCodesExpired = false;
  facebook.userId = String(people);
  facebook.areCodesExpired = false;
});

const providers = [
  { id: 'github', name: 'GitHub', yes: 'Authorize', no: 'Cancel', server: () => gitHub },
  { id: 'facebook', name: 'Facebook', yes: 'Continue', no: 'Not now', server: () => facebook },
] as const;

describe.each(providers)('by $name', ({ id, name, no, server, yes }) => {
  const begin = async (page: Page) => {
    await page.goto(`${desk.url}/sign-in`);
    await page.getByRole('button', { name: `Sign in with ${name}` }).click();
    await page.getByRole('link', { name: yes }).waitFor();
  };
  const sayYes = (page: Page) => page.getByRole('link', { name: yes }).click();

  it('somebody without an e-mail address gets an account, and straight into it the next time', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await sayYes(page);
      await heading(page, 'Welcome');
      await register(page, `from-${id}`, 'Everybody');
      await page.waitForURL(`${desk.url}/account`);
    });
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await sayYes(page);
      await page.waitForURL(/\/account/);
      expect(await whoIsIn(page, desk.url)).toBe(`from-${id}`);
    });
  });

  it('no more is asked for than who somebody is', async () => {
    await inContext(desk.browser, {}, begin);
    expect(server().scopes.at(-1)).toBe(id === 'github' ? null : 'public_profile');
  });

  it('whoever says no is told so, and can begin again', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      await page.getByRole('link', { name: no }).click();
      await heading(page, 'You didn’t sign in');
      await page.getByRole('link', { name: 'To the sign-in' }).click();
      await page.getByRole('button', { name: `Sign in with ${name}` }).waitFor();
    });
  });

  it('whoever comes back too late is told so', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      server().areCodesExpired = true;
      await sayYes(page);
      await heading(page, 'It took too long');
      expect(await whoIsIn(page, desk.url)).toBeUndefined();
    });
  });

  it('whoever comes back with another’s state is let in nowhere', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      const href = (await page.getByRole('link', { name: yes }).getAttribute('href')) ?? '';
      const forged = new URL(href);
      forged.searchParams.set('state', 'A'.repeat(22));
      await page.goto(forged.href);
      await heading(page, 'This sign-in is over');
    });
  });

  it('an address that led back leads nowhere again', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      const href = (await page.getByRole('link', { name: yes }).getAttribute('href')) ?? '';
      await page.goto(href);
      await heading(page, 'Welcome');
      await page.goto(href);
      await heading(page, 'This sign-in is over');
    });
  });

  it('an answer for one provider leads nowhere at the other', async () => {
    const other = id === 'github' ? 'facebook' : 'github';
    await inContext(desk.browser, {}, async (page) => {
      await begin(page);
      const href = (await page.getByRole('link', { name: yes }).getAttribute('href')) ?? '';
      await page.goto(href.replace(`/sign-in/${id}/`, `/sign-in/${other}/`));
      await heading(page, 'This sign-in is over');
    });
  });
});

describe('a second way to sign in', () => {
  it('is added by who is signed in, and both lead to one account', async () => {
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(`${desk.url}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
      await page.getByRole('link', { name: 'Authorize' }).click();
      await register(page, 'has-two-ways', 'Only you');
      await page.waitForURL(`${desk.url}/account`);
      await page.getByRole('button', { name: 'Add Facebook' }).click();
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.waitForURL(/\/account/);
    });
    await inContext(desk.browser, {}, async (page) => {
      await page.goto(`${desk.url}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with Facebook' }).click();
      await page.getByRole('link', { name: 'Continue' }).click();
      await page.waitForURL(/\/account/);
      expect(await whoIsIn(page, desk.url)).toBe('has-two-ways');
    });
  });
});

describe('an instance that isn’t known there', () => {
  it('is told of as such', async () => {
    const stranger = await createDesk({
      GITHUB_URL: gitHub.url,
      GITHUB_API_URL: gitHub.url,
      GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
      GITHUB_CLIENT_SECRET: 'another',
    });
    await inContext(stranger.browser, {}, async (page) => {
      await page.goto(`${stranger.url}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
      await page.getByRole('link', { name: 'Authorize' }).click();
      await page.getByRole('heading', { name: 'Not set up right' }).waitFor();
    });
    await stranger.close();
  });
});

function heading(page: Page, words: string): Promise<void> {
  return page.getByRole('heading', { name: words }).waitFor();
}
