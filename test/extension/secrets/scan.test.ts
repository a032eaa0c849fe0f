// What counts as a secret, on pieces of Python as people write them and on real programs.

import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../extension/secrets/scan.ts';
import { harmless, secrets } from './corpus.ts';

const before = 'import os\n\n\ndef connect():\n    return os\n\n\n';

describe('The scan finds', () => {
  it.each(secrets)('%s, and where it stands', async (_kind, write) => {
    const [code, secret] = write();
    const text = before + code;
    const start = text.indexOf(secret);
    const found = await scan(text);
    const isCovered = found.some((one) => one.start <= start && one.end >= start + secret.length);
    expect({ code, found, isCovered }).toMatchObject({ isCovered: true });
    expect(found).toHaveLength(1);
  });

  it('several in one text, in order', async () => {
    const [first, second] = [secrets[0]?.[1]()[0], secrets[16]?.[1]()[0]];
    const found = await scan(`${first}\n${second}\n`);
    expect(found.map(({ what }) => what)).toEqual(['password', 'key of pybin']);
  });
});

describe('The scan passes over', () => {
  it.each(harmless)('%s', async (code) => {
    expect(await scan(`${before}${code}\n`)).toEqual([]);
  });

  it('all of a real program of 37,000 lines', async () => {
    const findings: string[] = [];
    let files = 0;
    for await (const path of glob('node_modules/node-gyp/gyp/**/*.py')) {
      const text = await readFile(path, 'utf8');
      files++;
      for (const { what, start } of await scan(text))
        findings.push(`${path}: ${what}: ${text.slice(start, start + 40)}`);
    }
    expect(findings).toEqual([]);
    expect(files).toBeGreaterThan(40);
  });

  it('nothing at all', async () => {
    expect(await scan('')).toEqual([]);
  });
});
