// What the bare address says: what this is, how to come in, and the two lines that a terminal needs.

import { columnPage } from './column-page.ts';
import { html, type Page } from './html.ts';

/** For `curl`. */
export function homeText(origin: string): string {
  return `pybin carries code between your devices.

Push:  curl --data-binary @hello.py -H "Authorization: Bearer pyb_..." ${origin}/
Pull:  curl ${origin}/~user

A key: ${origin}/account
`;
}

/** For browsers. @param userId undefined where nobody is signed in */
export function homePage(origin: string, userId: string | undefined): Page {
  const push = `curl --data-binary @hello.py -H "Authorization: Bearer pyb_..." ${origin}/`;
  const pull = `curl ${origin}/~${userId ?? 'user'}`;
  return columnPage({
    title: 'Code, carried between your devices',
    userId,
    content: html`<p>Push it from one, and it is there on all others: in VS Code, in a terminal, in a browser.</p>
      ${
        userId === undefined
          ? html`<p><a class="button primary" href="/sign-in">Sign in</a></p>`
          : html`<p>You are signed in as <strong>${userId}</strong>. Your newest is at <a href="/~${userId}">/~${userId}</a>.</p>
            <p><a class="button primary" href="/account">Your account</a></p>`
      }
      <section>
        <h2>From a terminal</h2>
        <h3 id="push-title">Push</h3>
        <pre class="copied" tabindex="0" role="region" aria-labelledby="push-title"><code>${push}</code></pre>
        <h3 id="pull-title">Pull</h3>
        <pre class="copied" tabindex="0" role="region" aria-labelledby="pull-title"><code>${pull}</code></pre>
        <p>A key of your own, in the place of <code>pyb_...</code>, is made at <a href="/account#keys">your account</a>.</p>
      </section>`,
  });
}
