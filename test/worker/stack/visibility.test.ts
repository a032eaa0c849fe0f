// Who may see what: every visibility × every address × every reader.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Visibility } from '../../../shared/snippet.ts';
import { ask, signIn, type User } from '../edge.ts';

type Reader = 'stranger' | 'another user' | 'owner';
type Address = 'latest' | 'number' | 'link';

let owner: User;
let other: User;
const links = new Map<Visibility, string>();

beforeAll(async () => {
  owner = await signIn('owner', 'private');
  other = await signIn('other');
  for (const visibility of ['public', 'unlisted', 'private'] as const) {
    await owner.push(`this is ${visibility}`, `?visibility=${visibility}`);
  }
  const { snippets } = await (await owner.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
  (['private', 'unlisted', 'public'] as const).forEach((visibility, index) =>
    links.set(visibility, `/s/${snippets[index]?.id}`),
  );
});

const rows: [Visibility, Address, Reader, 'seen' | 'hidden'][] = [
  ['public', 'number', 'stranger', 'seen'],
  ['public', 'number', 'another user', 'seen'],
  ['public', 'number', 'owner', 'seen'],
  ['public', 'link', 'stranger', 'seen'],
  ['public', 'link', 'owner', 'seen'],
  ['unlisted', 'number', 'stranger', 'hidden'],
  ['unlisted', 'number', 'another user', 'hidden'],
  ['unlisted', 'number', 'owner', 'seen'],
  ['unlisted', 'link', 'stranger', 'seen'],
  ['unlisted', 'link', 'another user', 'seen'],
  ['unlisted', 'link', 'owner', 'seen'],
  ['private', 'number', 'stranger', 'hidden'],
  ['private', 'number', 'another user', 'hidden'],
  ['private', 'number', 'owner', 'seen'],
  ['private', 'link', 'stranger', 'hidden'],
  ['private', 'link', 'another user', 'hidden'],
  ['private', 'link', 'owner', 'seen'],
];

const numbers: Record<Visibility, number> = { public: 1, unlisted: 2, private: 3 };

describe('a snippet', () => {
  it.each(rows)('that is %s, by its %s, is for the %s %s', async (visibility, address, reader, expected) => {
    const path = address === 'link' ? (links.get(visibility) ?? '') : `/~owner/${numbers[visibility]}`;
    const answer = await askAs(reader, path);
    expect(answer.status).toBe(expected === 'seen' ? 200 : 404);
    if (expected === 'seen') expect(await answer.text()).toBe(`this is ${visibility}`);
  });

  it.each([
    ['stranger', 'this is public'],
    ['another user', 'this is public'],
    ['owner', 'this is private'],
  ] as const)('on top is, for the %s, the newest they may see', async (reader, text) => {
    expect(await (await askAs(reader, '/~owner')).text()).toBe(text);
  });

  it('gets the account’s default where the push says nothing', async () => {
    const quiet = await signIn('quiet', 'unlisted');
    expect(await quiet.push('text')).toMatch(/^\/s\/[0-9A-Za-z]{22}$/);
    expect((await ask('/~quiet')).status).toBe(404);
  });

  it('may be kept by shared caches and read by other sites only where it is public', async () => {
    const shown = await ask('/~owner/1');
    expect(shown.headers.get('cache-control')).toBe('public, no-cache');
    expect(shown.headers.get('access-control-allow-origin')).toBe('*');
    for (const answer of [await ask(links.get('unlisted') ?? ''), await owner.ask('/~owner')]) {
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

function askAs(reader: Reader, path: string): Promise<Response> {
  switch (reader) {
    case 'stranger':
      return ask(path);
    case 'another user':
      return other.ask(path);
    case 'owner':
      return owner.ask(path);
    default:
      return reader satisfies never;
  }
}
