// What stands above every page: the way home, and to the account of whoever is signed in.

import { type Html, html } from './html.ts';

/** @param account what the link to the account says; undefined where nobody is known to be signed in */
export function pageHeader(account?: string): Html {
  const link = account === undefined ? html`` : html`<a href="/account">${account}</a>`;
  return html`<header><a class="home" href="/">pybin</a>${link}</header>`;
}
