// What others wrote, on the pages of an account: shown as text, whatever it is.

import { describe, expect, it } from 'vitest';
import { accountPage } from '../../../worker/pages/account/account-page.ts';
import { approveEditorPage, backToEditorPage, badConnectPage } from '../../../worker/pages/connect-page.ts';
import {
  approveDevicePage,
  deviceAnsweredPage,
  tooManyCodesPage,
  typeCodePage,
} from '../../../worker/pages/device-page.ts';
import type { Page } from '../../../worker/pages/html.ts';
import { newKeyPage } from '../../../worker/pages/account/new-key-page.ts';

const nasty = `"><img src=x onerror='alert(1)'>&lt;`;
const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;lt;';
const nowMs = Date.UTC(2026, 10, 21);

const account = {
  userId: 'ada',
  defaultVisibility: 'private',
  defaultTtlSeconds: 60,
  isArchived: false,
  identities: [{ name: 'a1', provider: 'Google', linkedAtMs: nowMs }],
  providers: [],
  keys: [
    {
      number: 1,
      name: nasty,
      scope: 'read',
      createdAtMs: nowMs,
      endsAtMs: nowMs + 60_000,
      lastUsedAtMs: undefined,
    },
  ],
  sessions: [{ number: 1, startedAtMs: nowMs, lastUsedAtMs: nowMs, isCurrent: true }],
} as const;
const editor = { name: nasty, receiver: 'Visual Studio Code', place: 'vscode://pybin.pybin' };
const device = { shownCode: 'BCDF-GHJK', name: nasty, askedAtMs: nowMs, isNearby: false };

const pages: readonly [string, Page][] = [
  ['a key’s name', accountPage(account, undefined, nowMs)],
  ['what was done', accountPage({ ...account, keys: [] }, { kind: 'done', text: nasty }, nowMs)],
  ['what was refused', accountPage({ ...account, keys: [] }, { kind: 'refused', text: nasty }, nowMs)],
  [
    'a key’s name as it was typed',
    accountPage(
      { ...account, keys: [] },
      { kind: 'key refused', text: 'No.', key: { name: nasty, scope: nasty, ttl: nasty } },
      nowMs,
    ),
  ],
  [
    'a user id as it was typed',
    accountPage({ ...account, keys: [] }, { kind: 'erasure refused', text: 'No.', typed: nasty }, nowMs),
  ],
  [
    'a new key’s name',
    newKeyPage({
      userId: 'ada',
      name: nasty,
      scope: 'write',
      keyText: 'pyb_',
      origin: 'https://pybin.example',
    }),
  ],
  ['an editor’s name', approveEditorPage('ada', editor, {})],
  ['an editor’s state', approveEditorPage('ada', { ...editor, name: 'x' }, { state: nasty })],
  ['the name of an editor that is approved', backToEditorPage('ada', editor, true, 'vscode://pybin.pybin/')],
  ['the name of an editor that is refused', backToEditorPage('ada', editor, false, 'vscode://pybin.pybin/')],
  ['an editor’s address', backToEditorPage('ada', { ...editor, name: 'x' }, true, nasty)],
  ['a reason', badConnectPage(nasty)],
  ['a code as it was typed', typeCodePage('ada', nasty)],
  ['a device’s name', approveDevicePage('ada', device, nowMs)],
  ['the name of a device that is approved', deviceAnsweredPage('ada', true, nasty)],
  ['the name of a device that is refused', deviceAnsweredPage('ada', false, nasty)],
];

describe('text that looks like markup', () => {
  it.each(pages)('as %s', (_what, { body }) => {
    expect(body.text).toContain(escaped);
    expect(body.text).not.toContain('<img');
  });
});

describe('every page', () => {
  it.each([...pages, ['too many codes', tooManyCodesPage('ada', 10)] as const])(
    'has one heading, and a form only where it says so: %s',
    (_what, page) => {
      expect(page.body.text.match(/<h1>/g)).toHaveLength(1);
      expect(page.body.text.includes('<form')).toBe(page.hasForm);
    },
  );
});
