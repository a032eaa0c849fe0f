// No row and no value nears what a Durable Object holds in production: 2 MB, for the worst that passes the checks.
// A local runtime takes more, so each is measured here.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { recordOf } from '../archive/bucket.ts';
import { signIn } from '../edge.ts';
import { atSeconds, insideOf, randomText, type Inside, useOwnClock } from '../stack-inside.ts';

/** By the smaller of the two counts of a MB. */
const ROW_BYTES = 2_000_000;

/** Takes six bytes in JSON, and seven in JSON that is kept in JSON. */
const WORST_CHARACTER = '\u0001';
/** Three bytes where no control character may stand. */
const WORST_NAME_CHARACTER = '中';

const worst = {
  findings: Array.from({ length: limits.findings }, () => ({
    tool: WORST_CHARACTER.repeat(limits.languageCharacters),
    code: WORST_CHARACTER.repeat(limits.needCharacters),
    message: WORST_CHARACTER.repeat(limits.findingMessageCharacters),
    line: 4_294_967_295,
    column: 4_294_967_295,
  })),
  needs: Array.from({ length: limits.needs }, () => WORST_CHARACTER.repeat(limits.needCharacters)),
  language: 'x'.repeat(limits.languageCharacters),
  alias: 'x'.repeat(limits.aliasCharacters),
  origin: {
    fileName: WORST_NAME_CHARACTER.repeat(limits.fileNameCharacters),
    repository: WORST_NAME_CHARACTER.repeat(limits.repositoryCharacters),
    commit: 'f'.repeat(limits.commitCharacters),
    path: WORST_NAME_CHARACTER.repeat(limits.pathCharacters),
    startLine: 4_294_967_295,
    endLine: 4_294_967_295,
  },
  proof: {
    linter: '"'.repeat(limits.linterCharacters),
    linterVersion: '"'.repeat(limits.linterCharacters),
    configurationSha256: 'f'.repeat(64),
    overrideReason: WORST_CHARACTER.repeat(limits.overrideReasonCharacters),
  },
  description: '𝒹'.repeat(limits.descriptionBytes / 4),
  ttlSeconds: limits.ttlSeconds.max,
};

useOwnClock();

describe('the worst snippet that passes the checks', () => {
  it('is stored in rows under 2 MB: pushed, replaced, popped, archived, with its first answers', async () => {
    const ada = await signIn('worst');
    const inside = insideOf('worst');
    const expectRowsToFit = async () => {
      for (const [table, sizeBytes] of await rowSizes(inside))
        expect([table, sizeBytes < ROW_BYTES]).toEqual([table, true]);
    };
    const { id } = await accepted(await ada.ask('/v1/snippets', send('POST', 'pushed')));
    await expectRowsToFit();
    const sizes = await rowSizes(inside);
    // It is the worst: head and findings are as large as they get. First answers hold no findings.
    expect(sizes.get('snippets')).toBeGreaterThan(limits.chunkBytes + 6 * worstCharacters);
    expect(sizes.get('requests')).toBeLessThan(worstCharacters);

    const again = await accepted(await ada.ask('/v1/snippets', send('POST', 'pushed')));
    expect(again).toMatchObject({ id, needs: worst.needs });
    await accepted(await ada.ask(`/v1/snippets/${id}`, send('PUT', 'replaced')));
    await expectRowsToFit();
    atSeconds(600);
    await inside.ring();
    expect((await recordOf('worst', 1))?.needs).toEqual(worst.needs);
    await expectRowsToFit();
    const popped = await ada.ask('/v1/snippets/pop', {
      method: 'POST',
      headers: { 'idempotency-key': 'popped' },
    });
    expect(await accepted(popped)).toMatchObject({ text, needs: worst.needs });
    await expectRowsToFit();
  });
});

/** How many of the worst characters there are in all of the findings and needs. */
const worstCharacters =
  limits.findings * (limits.languageCharacters + limits.needCharacters + limits.findingMessageCharacters) +
  limits.needs * limits.needCharacters;

/** More than a row holds, whatever compresses it, and with the longest first line. */
const text = WORST_NAME_CHARACTER.repeat(limits.firstLine.characters) + randomText(1_400_000);

function send(method: 'POST' | 'PUT', name: string): RequestInit {
  const requestId = name.padEnd(limits.requestIdCharacters, '.');
  return { method, body: JSON.stringify({ text, requestId, ...worst }) };
}

async function accepted(answer: Response): Promise<{ id: string }> {
  expect([200, 201]).toContain(answer.status);
  return answer.json<{ id: string }>();
}

/** The largest row of each table, in bytes as SQLite stores them or more. */
async function rowSizes(inside: Inside): Promise<Map<string, number>> {
  const names = await inside.inStorage(({ sql }) =>
    sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
      )
      .toArray()
      .map(({ name }) => name),
  );
  const sizes = new Map<string, number>();
  for (const name of names) {
    const rows = await inside.rowsOf(name);
    sizes.set(name, Math.max(0, ...rows.map((row) => sum(Object.values(row).map(sizeOf)))));
  }
  return sizes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const encoder = new TextEncoder();
/** What a number takes, and what the head of a record says of each of its columns. */
const COLUMN_BYTES = 9;

function sizeOf(value: SqlStorageValue): number {
  if (typeof value === 'string') return encoder.encode(value).byteLength + COLUMN_BYTES;
  if (value instanceof ArrayBuffer) return value.byteLength + COLUMN_BYTES;
  return 2 * COLUMN_BYTES;
}
