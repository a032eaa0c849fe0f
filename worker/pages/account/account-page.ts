// The page of an account: how one signs in, which keys and browsers there are, what a push gets, and the ways out.
// Every form posts to an address of its own and comes back here with a word on what was done.

import { columnPage } from '../column-page.ts';
import { notice, refusal } from '../form.ts';
import { html, type Page } from '../html.ts';
import { eraseSection, exportSection } from './ending-section.ts';
import { keysSection } from './keys-section.ts';
import { pushesSection } from './pushes-section.ts';
import type { Said, ShownAccount } from './shown.ts';
import { identitiesSection, sessionsSection } from './ways-section.ts';

export function accountPage(account: ShownAccount, said: Said | undefined, nowMs: number): Page {
  const { userId } = account;
  return columnPage({
    title: 'Your account',
    said: said?.text,
    hasForm: true,
    userId,
    content: html`${said === undefined ? html`` : said.kind === 'done' ? notice(said.text) : refusal(said.text)}
      <p>You are <strong>${userId}</strong>. What you push for everybody is at <a href="/~${userId}">/~${userId}</a>.</p>
      ${keysSection(account, said?.kind === 'key refused' ? said : undefined, nowMs)}
      ${pushesSection(account)}
      ${identitiesSection(account, nowMs)}
      ${sessionsSection(account, nowMs)}
      ${exportSection()}
      ${eraseSection(said?.kind === 'erasure refused' ? said : undefined)}`,
  });
}
