// HTML by template: what is put in is text, unless it is HTML.

import { describe, expect, it } from 'vitest';
import { columnPage } from '../../../worker/pages/column-page.ts';
import { choiceField, hiddenField, selectField, textField } from '../../../worker/pages/form.ts';
import { html, htmlResponse } from '../../../worker/pages/html.ts';
import { lifetimeOptions } from '../../../worker/pages/account/lifetime.ts';
import { when } from '../../../worker/pages/when.ts';

const nasty = `"><script>alert('1')</script>&amp;`;
const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;';

describe('a template', () => {
  it('escapes text, and takes HTML and lists of it as they are', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`<p title="${nasty}">${1}</p>${items}`.text).toBe(
      `<p title="${escaped}">1</p><li>a</li><li>&lt;b&gt;</li>`,
    );
  });

  it.each([
    ['a line of text', textField({ name: 'n', label: nasty, hint: nasty, refused: nasty, value: nasty })],
    [
      'choices',
      choiceField({ name: 'n', label: nasty, options: [{ value: nasty, label: nasty, hint: nasty }] }),
    ],
    ['a list', selectField({ name: 'n', label: nasty, options: [{ value: nasty, label: nasty }] })],
    ['what isn’t seen', hiddenField(nasty, nasty)],
  ])('of %s lets nothing through', (_what, part) => {
    expect(part.text).toContain(escaped);
    expect(part.text).not.toContain('<script>');
  });
});

describe('a control', () => {
  it('is tied to its hint and to what was wrong', () => {
    const { text } = textField({ name: 'n', label: 'Name', hint: 'A hint.', refused: 'Too long.' });
    expect(text).toContain('<label for="n">');
    expect(text).toContain('aria-describedby="n-hint n-refused" aria-invalid="true"');
    expect(text).toContain('id="n-hint"');
    expect(text).toContain('id="n-refused"');
  });

  it('has nothing chosen where nothing was', () => {
    const options = [{ value: 'a', label: 'A' }];
    expect(choiceField({ name: 'n', label: 'N', options }).text).not.toContain('checked');
    expect(choiceField({ name: 'n', label: 'N', options, chosen: 'a' }).text).toContain('checked');
  });
});

describe('a page', () => {
  it.each([
    [true, "form-action 'self'", 'same-origin'],
    [false, "form-action 'none'", 'no-referrer'],
  ])('with a form: %s', (hasForm, policy, referrer) => {
    const page = columnPage({ title: nasty, content: html``, hasForm });
    const { headers } = htmlResponse(page, { status: 200, headers: {} });
    expect(headers.get('content-security-policy')).toContain(policy);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|script-src/);
    expect(headers.get('referrer-policy')).toBe(referrer);
  });
});

describe('a time', () => {
  const nowMs = Date.UTC(2026, 10, 21, 12);
  it.each([
    [0, 'just now'],
    [-59, 'just now'],
    [30, 'in less than a minute'],
    [-60, '1 minute ago'],
    [-3599, '59 minutes ago'],
    [-2 * 3600, '2 hours ago'],
    [25 * 3600, 'in 1 day'],
    [-400 * 24 * 3600, '1 year ago'],
  ])('of %d seconds is told as: %s', (seconds, words) => {
    expect(when(nowMs + seconds * 1000, nowMs).text).toContain(`>${words}</time>`);
  });

  it('is exact for whoever looks', () => {
    expect(when(nowMs, nowMs).text).toContain('title="2026-11-21 12:00 UTC"');
  });
});

describe('lifetimes', () => {
  it('have the one that is set among them, in order and in words', () => {
    const usual = ['10 minutes', '1 hour', '12 hours', '1 day', '7 days', '30 days', '365 days'];
    expect(labelsOf(lifetimeOptions('pushes'))).toEqual(usual);
    expect(labelsOf(lifetimeOptions('pushes', 43_200))).toEqual(usual);
    expect(labelsOf(lifetimeOptions('pushes', 5400))).toEqual([
      '10 minutes',
      '1 hour',
      '90 minutes',
      ...usual.slice(2),
    ]);
    expect(labelsOf(lifetimeOptions('pushes', 61))).toEqual(['61 seconds', ...usual]);
  });
});

function labelsOf(options: readonly { readonly label: string }[]): string[] {
  return options.map(({ label }) => label);
}
