// Pages as a browser without script uses them: what is shown is read, and a form is sent with what it holds.

import type { Browser } from '../session.ts';

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  /** The page's HTML. */
  readonly html: string;
  readonly heading: string;
}

/** Goes to a page. */
export async function open(browser: Pick<Browser, 'ask'>, path: string): Promise<Shown> {
  return shown(await browser.ask(path, { headers: { accept: 'text/html' } }));
}

/** Sends a form's fields; a redirect isn't followed. */
export async function submit(
  browser: Pick<Browser, 'ask'>,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const body = new URLSearchParams(fields).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  return shown(
    await browser.ask(path, { method: 'POST', body, headers: { ...type, ...headers }, redirect: 'manual' }),
  );
}

/** The values of a page's fields that aren't seen. */
export function hiddenFields({ html }: Shown): Record<string, string> {
  const fields = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries(Array.from(fields, ([, name = '', value = '']) => [name, unescapeHtml(value)]));
}

/** Where a page's link of this text leads. */
export function linkOf({ html }: Shown, text: string): string {
  const links = html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g);
  const href = Array.from(links).find(([, , label]) => label === text)?.[1];
  if (href === undefined) throw new Error(`there is no link "${text}"`);
  return unescapeHtml(href);
}

async function shown(answer: Response): Promise<Shown> {
  const html = await answer.text();
  const heading = unescapeHtml(/<h1>([^<]*)<\/h1>/.exec(html)?.[1] ?? '');
  return { status: answer.status, headers: answer.headers, html, heading };
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
