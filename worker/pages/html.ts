// HTML by template, where everything put in is escaped unless it is a template itself.

import { STYLE } from './style.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of finished HTML. Only {@link html} makes one. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A template literal's HTML: its own text as written, what is put in escaped. Of a list, one after the other. */
export function html(
  literals: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const parts = literals.map((literal, index) => {
    const value = values[index];
    if (value === undefined) return literal;
    if (value instanceof Html) return literal + value.text;
    if (typeof value === 'object') return literal + value.map(({ text }) => text).join('');
    return literal + escapeHtml(String(value));
  });
  return new Html(parts.join(''));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whether it holds a form, which posts to this instance. */
  readonly hasForm?: boolean;
  /** A script of ours that it works without. It may ask this instance. */
  readonly script?: string;
}

/** Whether the one who asks is a browser: it names HTML; `curl` says only that anything will do. */
export function wantsHtml(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

/** A whole page: one style and at most one script, each under its nonce; nothing from elsewhere. */
export function htmlResponse(page: Page, init: { status: number; headers: HeadersInit }): Response {
  const nonce = crypto.randomUUID();
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <style nonce="${nonce}">
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        ${page.body} ${page.script === undefined ? html`` : html`<script nonce="${nonce}">${new Html(page.script)}</script>`}
      </body>
    </html> `;
  const headers = new Headers(init.headers);
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('x-content-type-options', 'nosniff');
  // Without a referrer a form is posted with `Origin: null`, which says nothing of where it comes from.
  headers.set('referrer-policy', page.hasForm ? 'same-origin' : 'no-referrer');
  headers.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}';${page.script === undefined ? '' : ` script-src 'nonce-${nonce}'; connect-src 'self';`} base-uri 'none'; form-action ${page.hasForm ? "'self'" : "'none'"}; frame-ancestors 'none'`,
  );
  return new Response(document.text, { status: init.status, headers });
}
