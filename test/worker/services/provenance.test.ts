// By what a snippet was found clean and where it came from: told to its owner wherever a snippet is told of, kept with
// the record, and of it all a stranger sees the linter.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { exports } from 'cloudflare:workers';
import { recordOf } from '../archive/bucket.ts';
import { expectProblem } from '../doors/problem.ts';
import { ask, origin as instance, signIn, type User } from '../edge.ts';
import { useOwnClock } from '../stack-inside.ts';

useOwnClock();

const proof = {
  linter: 'Ruff',
  linterVersion: '0.17.3',
  configurationSha256: 'ab'.repeat(32),
  overrideReason: 'secret reason',
};
const origin = {
  fileName: 'input.py',
  repository: 'https://git.example/secret/engine.git',
  commit: 'c0ffee',
  path: 'src/secret/input.py',
  startLine: 3,
  endLine: 9,
};
const said = { proof, origin };

interface Told {
  readonly id: string;
  readonly number: number;
}

async function push(owner: User, fields: object = said): Promise<Told> {
  const answer = await owner.ask('/v1/snippets', {
    method: 'POST',
    body: JSON.stringify({ text: 'x = 1\n', ...fields }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return answer.json();
}

const get = async (owner: User, path: string) => (await owner.ask(path)).json();

const replaced = async (owner: User, id: string, fields: object) => {
  const answer = await owner.ask(`/v1/snippets/${id}`, { method: 'PUT', body: JSON.stringify(fields) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

describe('what goes along with a push', () => {
  it('comes back with the snippet, wherever its owner asks', async () => {
    const ada = await signIn('told-all');
    const pushed = await push(ada);
    expect(pushed).toMatchObject(said);
    for (const path of ['/v1/snippets/latest', `/v1/snippets/${pushed.id}`])
      expect(await get(ada, path)).toMatchObject(said);
    expect(await get(ada, '/v1/snippets')).toMatchObject({ snippets: [said] });
  });

  it('comes back from the history, its record, an export, and what is restored', async () => {
    const ada = await signIn('told-later');
    const { id } = await push(ada);
    expect(await get(ada, '/v1/history')).toMatchObject({ entries: [said] });
    expect(await get(ada, '/v1/history?query=input')).toMatchObject({ entries: [said] });
    expect(await get(ada, `/v1/history/${id}`)).toMatchObject({ entry: said });
    expect(await recordOf('told-later', 1)).toMatchObject(said);
    const restored = await ada.ask(`/v1/history/${id}/restore`, { method: 'POST' });
    expect(await restored.json()).toMatchObject({ number: 2, ...said });
    const exported = new TextDecoder('latin1').decode(await (await ada.ask('/v1/account/export')).bytes());
    // Both snippets of the stack, and the record of the first.
    expect(exported.split('"linterVersion": "0.17.3"').length - 1).toBeGreaterThanOrEqual(3);
    expect(exported).toContain('"path": "src/secret/input.py"');
  });

  it('is told to those who watch, and given with what is popped', async () => {
    const ada = await signIn('told-live');
    const { webSocket: socket } = await ada.ask('/v1/live', { headers: { upgrade: 'websocket' } });
    const heard: unknown[] = [];
    socket?.addEventListener('message', ({ data }) => {
      heard.push(JSON.parse(String(data)));
    });
    socket?.accept();
    await push(ada);
    await expect.poll(() => heard).toHaveLength(2);
    expect(heard[1]).toMatchObject({ pushed: said });
    socket?.close();
    const popped = await ada.ask('/v1/snippets/pop', { method: 'POST' });
    expect(await popped.json()).toMatchObject(said);
  });

  it('comes back when the push is tried again', async () => {
    const ada = await signIn('told-again');
    const first = await push(ada, { ...said, requestId: 'once' });
    expect(await push(ada, { ...said, requestId: 'once' })).toEqual(first);
  });

  it('is not there where nothing was said', async () => {
    const ada = await signIn('told-none');
    const empty = { linter: '', linterVersion: '', configurationSha256: '', overrideReason: '' };
    for (const fields of [{}, { proof: empty }, { proof: {} }]) {
      const snippet = await push(ada, fields);
      expect(snippet).not.toHaveProperty('proof');
      expect(snippet).toMatchObject({ origin: { fileName: '', repository: '', startLine: 0 } });
    }
  });

  it('is kept without who signs in to the repository', async () => {
    const ada = await signIn('told-safely');
    await push(ada, { origin: { ...origin, repository: 'https://ada:token@git.example/x.git' } });
    expect(await get(ada, '/v1/snippets/latest')).toMatchObject({
      origin: { repository: 'https://git.example/x.git' },
    });
  });

  it('is pushed and read by the typed client', async () => {
    const { key } = await signIn('told-client');
    const client = connect({
      endpoint: instance,
      key,
      fetch: (input, init) => exports.default.fetch(new Request(input, { ...init, redirect: 'manual' })),
    });
    const { fileName, ...place } = origin;
    const draft = {
      ...plainDetails,
      text: 'x',
      requestId: crypto.randomUUID(),
      fileName,
      proof,
      origin: place,
    };
    expect(await client.push(draft)).toMatchObject(said);
    expect(await client.latest()).toMatchObject(said);
  });
});

describe('what goes along with a new text', () => {
  it('takes the place of what went along with the old', async () => {
    const ada = await signIn('replaced-all');
    const { id } = await push(ada);
    const fields = {
      text: 'y = 2\n',
      proof: { ...proof, linterVersion: '0.18.0' },
      origin: { ...origin, startLine: 1, endLine: 1 },
    };
    expect(await replaced(ada, id, fields)).toMatchObject({ proof: fields.proof, origin: fields.origin });
  });

  it('is nothing where nothing is said of it: the old doesn’t fit it', async () => {
    const ada = await signIn('replaced-none');
    const { id } = await push(ada);
    const snippet = await replaced(ada, id, { text: 'y' });
    expect(snippet).not.toHaveProperty('proof');
    expect(snippet).toMatchObject({ origin: { fileName: 'input.py', path: '', startLine: 0 } });
  });

  it('of a newer text isn’t given to a retry of what was answered with the older one', async () => {
    const ada = await signIn('replaced-since');
    const { id } = await push(ada);
    const words = { description: 'new words', requestId: 'words' };
    expect(await replaced(ada, id, words)).toMatchObject(said);
    expect(await replaced(ada, id, words)).toMatchObject(said);
    await replaced(ada, id, { text: 'y', proof: { linter: 'Other' } });
    expect(await replaced(ada, id, words)).not.toHaveProperty('proof');
  });

  it('stays where the text stays', async () => {
    const ada = await signIn('replaced-words');
    const { id } = await push(ada);
    const fields = { description: 'new words', proof: { linter: 'Other' } };
    expect(await replaced(ada, id, fields)).toMatchObject(said);
  });
});

describe('what can’t be said', () => {
  it.each<[object, string]>([
    [{ proof: { ...proof, linter: 'Ruff\n' } }, 'proof.linter'],
    [{ proof: { ...proof, configurationSha256: 'x' } }, 'proof.configurationSha256'],
    [{ origin: { ...origin, commit: 'main' } }, 'origin.commit'],
    [{ origin: { ...origin, path: 'a\0b' } }, 'origin.path'],
    [{ origin: { ...origin, startLine: 10 } }, 'origin.endLine'],
  ])('is refused, and nothing is pushed or replaced: %j', async (fields, field) => {
    const ada = await signIn(`unsaid-${field.replace('.', '-').toLowerCase().slice(0, 13)}`);
    const { id } = await push(ada);
    const body = JSON.stringify({ text: 'new', ...fields });
    const refused = [
      await ada.ask('/v1/snippets', { method: 'POST', body }),
      await ada.ask(`/v1/snippets/${id}`, { method: 'PUT', body }),
    ];
    for (const answer of refused) await expectProblem(answer, { code: 'invalid_argument', field });
    expect(await get(ada, '/v1/snippets')).toMatchObject({ snippets: [{ number: 1, revision: 1 }] });
  });
});

describe('a stranger', () => {
  it('sees on the page what it was checked with, and nothing else of it anywhere', async () => {
    const ada = await signIn('seen-by-all');
    const { id } = await push(ada);
    const page = await (await ask('/~seen-by-all', { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('<p class="facts">Checked with Ruff 0.17.3</p>');
    for (const path of ['/~seen-by-all', `/s/${id}`, '/raw/~seen-by-all/1'])
      for (const accept of ['text/html', '*/*']) {
        const answer = await ask(path, { headers: { accept } });
        const told = `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
        expect(told).toContain('x = 1');
        for (const secret of ['secret', 'c0ffee', 'abab']) expect(told).not.toContain(secret);
      }
  });

  it('sees it on a page that burns, too', async () => {
    const ada = await signIn('seen-burning');
    const { id } = await push(ada, { ...said, burnReads: 1 });
    const page = await ask(`/s/${id}/reveal`, { method: 'POST', headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Checked with Ruff 0.17.3');
  });

  it('reads no such line where no linter checked it', async () => {
    const ada = await signIn('seen-unchecked');
    await push(ada, { proof: { overrideReason: 'secret' }, origin });
    const page = await (await ask('/~seen-unchecked', { headers: { accept: 'text/html' } })).text();
    expect(page).not.toContain('Checked with');
  });

  it('sees a linter’s name as it is written, whatever it is called', async () => {
    const ada = await signIn('seen-escaped');
    await push(ada, { proof: { linter: '<b>"Lint"&\'', linterVersion: '</p>' } });
    const page = await (await ask('/~seen-escaped', { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('Checked with &lt;b&gt;&quot;Lint&quot;&amp;&#39; &lt;/p&gt;');
  });
});
