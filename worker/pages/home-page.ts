// What the bare address says: what this is, and the two lines that a terminal needs.

import { html, type Page } from './html.ts';

/** For `curl`. */
export function homeText(origin: string): string {
  return `pybin carries code between your devices.

Push:  curl --data-binary @hello.py -H "Authorization: Bearer pyb_..." ${origin}/
Pull:  curl ${origin}/~user
`;
}

/** For browsers. */
export function homePage(origin: string): Page {
  return {
    title: 'pybin',
    body: html`<main>
      <h1>pybin</h1>
      <pre tabindex="0">
<code>${homeText(origin)}</code></pre>
    </main>`,
  };
}
