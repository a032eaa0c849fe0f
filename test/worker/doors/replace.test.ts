// Replacing: what is given changes, the rest stays, and If-Match guards what somebody else has written meanwhile.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { archivedTexts, flushSeconds } from './archived.ts';
import { expectProblem, type ExpectedProblem } from './problem.ts';
import { numbersOf, pushed, type Pushed, somebody, type Told, told } from './pushed.ts';

useOwnClock();

/** All that a push can say, so that what a replacement loses is seen. */
const saidAtFirst = {
  text: 'import os\n',
  description: 'why',
  language: 'python',
  visibility: 'VISIBILITY_UNLISTED',
  ttlSeconds: 3600,
  alias: 'notes',
  findings: [{ tool: 'Ruff', code: 'F401', message: 'unused', line: 1, column: 8 }],
  needs: ['np'],
  origin: { fileName: 'a.py' },
};

const put = (text: BodyInit, headers: Record<string, string> = {}) => ({
  method: 'PUT',
  body: text,
  headers,
});
const putJson = (body: object) => put(JSON.stringify(body));

async function withSnippet() {
  const ada = await somebody();
  const answer = await ada.ask('/v1/snippets', { method: 'POST', body: JSON.stringify(saidAtFirst) });
  const { id } = await answer.json<{ id: string }>();
  return { ada, id, before: await told(ada, id) };
}

const modified = (read: Response) => Date.parse(read.headers.get('last-modified') ?? '');

describe('a replaced text', () => {
  it('is at the same addresses, on the same place, as the next revision', async () => {
    const ada = await signIn('replaced');
    const { id } = await pushed(ada, 'old');
    await ada.push('newer one');
    const answer = await ada.ask(`/s/${id}`, put('new'));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('http://localhost/~replaced/1\n');
    expect(answer.headers.get('location')).toBe('http://localhost/~replaced/1');
    for (const path of ['/~replaced/1', `/s/${id}`, `/raw/s/${id}`])
      expect(await (await ask(path)).text()).toBe('new');
    expect(await (await ask('/~replaced')).text()).toBe('newer one');
    expect(await numbersOf(ada)).toEqual([2, 1]);
    expect(await told(ada, id)).toMatchObject({ revision: 2 });
  });

  it('has a tag and a date of its own', async () => {
    const ada = await signIn('replaced-tag');
    const { id } = await pushed(ada, 'old');
    const before = await ask(`/s/${id}`);
    atSeconds(90);
    const answer = await ada.ask(`/s/${id}`, put('new'));
    const after = await ask(`/s/${id}`);
    const tag = after.headers.get('etag');
    expect(answer.headers.get('etag')).toBe(tag);
    expect(tag).not.toBe(before.headers.get('etag'));
    expect(modified(after) - modified(before)).toBe(90_000);
    const shown = { headers: { 'if-none-match': before.headers.get('etag') ?? '' } };
    expect((await ask(`/s/${id}`, shown)).status).toBe(200);
  });

  it('keeps all that is not the text’s own', async () => {
    const { ada, id, before } = await withSnippet();
    atSeconds(10);
    await ada.ask(`/v1/snippets/${id}`, putJson({ text: 'import sys\n' }));
    const after = await told(ada, id);
    expect(after).toEqual({
      ...before,
      text: 'import sys\n',
      revision: 2,
      updateTime: after.updateTime,
      sha256: after.sha256,
      sizeBytes: 11,
      firstLine: 'import sys',
      findings: [],
      needs: [],
    });
    expect(Date.parse(after.updateTime) - Date.parse(before.updateTime)).toBe(10_000);
  });

  it('has the findings, the needs and the file that came with it', async () => {
    const { ada, id } = await withSnippet();
    const findings = [{ tool: 'Ruff', code: 'E501', message: 'long', line: 2, column: 1 }];
    const origin = { fileName: 'b.py' };
    await ada.ask(`/v1/snippets/${id}`, putJson({ text: 'x', findings, needs: ['pd'], origin }));
    expect(await told(ada, id)).toMatchObject({ findings, needs: ['pd'], origin });
  });

  it('is taken by every door as it is: of a form its first part, and whatever curl calls it', async () => {
    const ada = await signIn('replaced-form');
    const { id } = await pushed(ada, 'old');
    const form = new FormData();
    form.append('f', new File(['from a form\r\n'], 'b.py'));
    await ada.ask(`/s/${id}`, put(form));
    expect(await (await ask(`/s/${id}`)).text()).toBe('from a form\r\n');
    expect(await told(ada, id)).toMatchObject({ origin: { fileName: 'b.py' } });
    await ada.ask(`/s/${id}`, put('a=1&b=2', { 'content-type': 'application/x-www-form-urlencoded' }));
    expect(await (await ask(`/s/${id}`)).text()).toBe('a=1&b=2');
  });

  it('may be far longer or far shorter than the one before', async () => {
    const ada = await signIn('replaced-sizes');
    const { id } = await pushed(ada, 'short');
    const long = crypto.getRandomValues(new Uint8Array(40_000)).join(',').repeat(20);
    for (const text of [long, '', long.slice(1), 'short']) {
      await ada.ask(`/s/${id}`, put(text));
      expect((await (await ask(`/s/${id}`)).text()) === text).toBe(true);
    }
  });

  it('is told as JSON where that is asked for', async () => {
    const ada = await somebody();
    const first = await pushed(ada, 'old', '?alias=notes');
    const answer = await ada.ask(`/s/${first.id}`, put('newer', { accept: 'application/json' }));
    const second = await answer.json<Pushed>();
    expect(second).toEqual({ ...first, revision: 2, sizeBytes: 5, sha256: second.sha256 });
    expect(second.sha256).not.toBe(first.sha256);
  });
});

const inAnHour = ({ updateTime }: Told) => new Date(Date.parse(updateTime) + 3_600_000).toISOString();

describe('what is said beside a text', () => {
  it.each<[string, object, (after: Told) => Partial<Told>]>([
    ['its description', { description: 'because' }, () => ({ description: 'because' })],
    ['no description any more', { description: '' }, () => ({ description: '' })],
    ['its language', { language: 'toml' }, () => ({ language: 'toml' })],
    ['its alias', { alias: 'other' }, () => ({ alias: 'other' })],
    ['no alias any more', { alias: '' }, () => ({ alias: '' })],
    ['a lifetime from now on', { ttlSeconds: 3600 }, (after) => ({ expireTime: inAnHour(after) })],
    ['nothing', {}, () => ({})],
  ])('changes alone: %s', async (_what, given, changed) => {
    const { ada, id, before } = await withSnippet();
    atSeconds(1000);
    expect((await ada.ask(`/v1/snippets/${id}`, putJson(given))).status).toBe(200);
    const after = await told(ada, id);
    expect(after).toEqual({ ...before, revision: 2, updateTime: after.updateTime, ...changed(after) });
  });

  it('is taken from the query at the door of curl', async () => {
    const { ada, id, before } = await withSnippet();
    const query = '?description=because&language=toml&alias=other&ttl=2h&visibility=public';
    await ada.ask(`/s/${id}${query}`, put(before.text));
    expect(await told(ada, id)).toMatchObject({
      description: 'because',
      language: 'toml',
      alias: 'other',
      visibility: 'VISIBILITY_PUBLIC',
      address: `http://localhost/~${ada.userId}/other`,
      expireTime: new Date(Date.parse(before.createTime) + 7_200_000).toISOString(),
    });
  });

  it('may be a long description, or a short one again', async () => {
    const { ada, id } = await withSnippet();
    for (const description of ['é'.repeat(300_000), 'short', '🐍'.repeat(201)]) {
      await ada.ask(`/v1/snippets/${id}`, putJson({ description }));
      expect((await told(ada, id)).description === description).toBe(true);
    }
  });
});

describe('a snippet that is made private', () => {
  it('is nothing to strangers from then on, and its owner’s still', async () => {
    const ada = await signIn('made-private');
    const { id } = await pushed(ada, 'x', '?alias=notes');
    const answer = await ada.ask(`/s/${id}?visibility=private`, put('mine'));
    expect(answer.headers.get('location')).toBe(`http://localhost/s/${id}`);
    for (const path of ['/~made-private', '/~made-private/1', '/~made-private/notes', `/s/${id}`]) {
      await expectProblem(await ask(path), { code: 'not_found' });
      const own = await ada.ask(path);
      expect(await own.text()).toBe('mine');
      expect(own.headers.get('cache-control')).toBe('private, no-store');
    }
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('is not in the archive, were it told of it %s', async (when, isTold) => {
    const userId = `private-${when}`;
    const ada = await signIn(userId);
    const { id } = await pushed(ada, 'too much said', '?ttl=1d');
    if (isTold) expect(await archivedTexts(userId)).toEqual(['too much said']);
    await ada.ask(`/s/${id}?visibility=private`, put('still too much'));
    expect(await archivedTexts(userId, 2 * flushSeconds)).toEqual([]);
  });

  it('is archived again once it is public again', async () => {
    const ada = await signIn('private-and-back');
    const { id } = await pushed(ada, 'one', '?ttl=1d');
    await ada.ask(`/s/${id}?visibility=private`, put('two'));
    await ada.ask(`/s/${id}?visibility=public`, put('three'));
    expect(await archivedTexts('private-and-back')).toEqual(['three']);
  });
});

describe('the archive', () => {
  it('has the last text only', async () => {
    const ada = await signIn('replaced-archive');
    const { id } = await pushed(ada, 'one', '?ttl=1d');
    expect(await archivedTexts('replaced-archive')).toEqual(['one']);
    await ada.ask(`/s/${id}`, put('two'));
    expect(await archivedTexts('replaced-archive', 2 * flushSeconds)).toEqual(['two']);
  });
});

describe('If-Match', () => {
  type Show = (tag: string) => string;
  const otherTag = `"${'0'.repeat(64)}"`;

  it.each<[string, Show]>([
    ['the tag', (tag) => tag],
    ['the tag of the compressed text', (tag) => tag.replace(/"$/, '-gzip"')],
    ['the tag among others', (tag) => `${otherTag}, ${tag}`],
    ['the tag among others, without spaces', (tag) => `${tag},${otherTag}`],
    ['the tag beside a weak one', (tag) => `W/${otherTag}, ${tag}`],
    ['any tag', () => '*'],
    ['any tag, with spaces', () => ' * '],
  ])('lets replace what shows %s', async (_what, show) => {
    const ada = await somebody();
    const { id, sha256 } = await pushed(ada, 'old');
    const answer = await ada.ask(`/s/${id}`, put('new', { 'if-match': show(`"${sha256}"`) }));
    expect(answer.status).toBe(200);
    expect(await (await ask(`/s/${id}`)).text()).toBe('new');
  });

  it.each<[string, Show]>([
    ['the tag weakly, which is no promise of bytes', (tag) => `W/${tag}`],
    ['another tag', () => otherTag],
    ['the tag without quotes', (tag) => tag.replaceAll('"', '')],
    ['half of the tag', (tag) => `${tag.slice(0, 33)}"`],
    ['nonsense', () => '"'],
  ])('keeps from replacing what shows %s', async (_what, show) => {
    const ada = await somebody();
    const { id, sha256 } = await pushed(ada, 'old');
    const answer = await ada.ask(`/s/${id}?description=new`, put('new', { 'if-match': show(`"${sha256}"`) }));
    await expectProblem(answer, { code: 'stale' });
    expect(await told(ada, id)).toMatchObject({ text: 'old', description: '', revision: 1 });
  });

  it('with the tag of what was replaced since is stale', async () => {
    const ada = await somebody();
    const { id, sha256 } = await pushed(ada, 'old');
    await ada.ask(`/s/${id}`, put('new'));
    const answer = await ada.ask(`/s/${id}`, put('newer', { 'if-match': `"${sha256}"` }));
    await expectProblem(answer, { code: 'stale' });
    expect(await (await ask(`/s/${id}`)).text()).toBe('new');
  });

  it('lets one of many at once replace what all of them saw', async () => {
    const ada = await somebody();
    const { id, sha256 } = await pushed(ada, 'old');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ada.ask(`/s/${id}`, put(`new ${index}`, { 'if-match': `"${sha256}"` })),
      ),
    );
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
    expect(await (await ask(`/s/${id}`)).text()).toBe(`new ${winner}`);
  });
});

describe('a revision, by the contract', () => {
  it('guards as If-Match does, and also what is said beside the text', async () => {
    const { ada, id } = await withSnippet();
    const update = (body: object) => ada.ask(`/v1/snippets/${id}`, putJson(body));
    expect((await update({ revision: 1, description: 'one' })).status).toBe(200);
    await expectProblem(await update({ revision: 1, description: 'two' }), { code: 'stale' });
    await expectProblem(await update({ revision: 3, text: 'x' }), { code: 'stale' });
    expect((await update({ revision: 0, language: 'toml' })).status).toBe(200);
    expect(await told(ada, id)).toMatchObject({ description: 'one', revision: 3 });
  });
});

describe('a replacement is refused', () => {
  const refusals: [string, string, RequestInit, ExpectedProblem][] = [
    ['that says after how many reads it burns', '?burn=1', put('x'), invalid('burn')],
    ['that speaks of duplicates', '?duplicate=skip', put('x'), invalid('duplicate')],
    ['with an unknown option', '?name=x', put('x'), invalid('name')],
    ['with an option given twice', '?ttl=1h&ttl=2h', put('x'), invalid('ttl')],
    ['with a lifetime under a minute', '?ttl=59s', put('x'), invalid('ttl')],
    ['with an unknown visibility', '?visibility=all', put('x'), invalid('visibility')],
    ['with a reserved alias', '?alias=latest', put('x'), invalid('alias')],
    ['with bytes that are not UTF-8', '', put(new Uint8Array([0xff])), { code: 'not_text' }],
    [
      'with one byte too many',
      '',
      put(new Uint8Array(limits.textBytes + 1)),
      { code: 'too_large', field: 'text', limit: limits.textBytes },
    ],
  ];

  it.each(refusals)('%s', async (_what, query, init, expected) => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'kept');
    await expectProblem(await ada.ask(`/s/${id}${query}`, init), expected);
    expect(await told(ada, id)).toMatchObject({ text: 'kept', revision: 1 });
  });

  it('of what is not there: made up, another’s, deleted, popped, expired', async () => {
    const ada = await signIn('replaces-nothing');
    const eve = await somebody();
    const gone = [
      (await pushed(eve, 'eve’s')).id,
      (await pushed(ada, 'deleted')).id,
      (await pushed(ada, 'expired', '?ttl=1m')).id,
      (await pushed(ada, 'popped')).id,
      '0'.repeat(22),
      'x',
    ];
    await ada.ask(`/s/${gone[1]}`, { method: 'DELETE' });
    await ada.ask('/v1/snippets/pop', { method: 'POST' });
    atSeconds(60);
    for (const id of gone) {
      for (const headers of [{}, { 'if-match': '*' }])
        await expectProblem(await ada.ask(`/s/${id}`, put('x', headers)), { code: 'not_found' });
      await expectProblem(await ada.ask(`/v1/snippets/${id}`, putJson({ text: 'x' })), {
        code: 'not_found',
      });
    }
    expect(await (await ask(`/s/${gone[0]}`)).text()).toBe('eve’s');
  });

  it('without a key, even of what everybody may read', async () => {
    const { id } = await pushed(await somebody(), 'kept');
    await expectProblem(await ask(`/s/${id}`, put('x')), { code: 'unauthenticated' });
    expect(await (await ask(`/s/${id}`)).text()).toBe('kept');
  });
});

function invalid(field: string): ExpectedProblem {
  return { code: 'invalid_argument', field };
}
