// How well the scan for secrets tells them from what looks like them, and how long it takes.

import { glob, readFile } from 'node:fs/promises';
import { scan } from '../../extension/secrets/scan.ts';
import { harmless, secrets } from '../extension/secrets/corpus.ts';
import { full } from './settings.ts';
import { medianOf } from './statistics.ts';

/** Each kind of secret is made anew so often: their characters are random. */
const OF_EACH_KIND = full(200, 5);

export interface MeasuredSecrets {
  readonly secrets: number;
  readonly found: number;
  /** Texts without a secret: pieces that look like one, and files of a real program. */
  readonly harmless: number;
  readonly falseAlarms: number;
  readonly lines: number;
  /** Found and right, of all that was found. */
  readonly precision: number;
  /** Found, of all that were there. */
  readonly recall: number;
  /** For a thousand lines of a real program. */
  readonly p50MsPerThousandLines: number;
}

export async function measureSecrets(): Promise<MeasuredSecrets> {
  let found = 0;
  for (let turn = 0; turn < OF_EACH_KIND; turn++)
    for (const [, write] of secrets) {
      const [code, secret] = write();
      const start = code.indexOf(secret);
      const all = await scan(code);
      if (all.some((one) => one.start <= start && one.end >= start + secret.length)) found++;
    }

  let falseAlarms = 0;
  for (const code of harmless) falseAlarms += (await scan(code)).length;
  const durationsMs: number[] = [];
  let lines = 0;
  let files = 0;
  for await (const path of glob('node_modules/node-gyp/gyp/**/*.py')) {
    const text = await readFile(path, 'utf8');
    const ownLines = text.split('\n').length;
    const startMs = performance.now();
    falseAlarms += (await scan(text)).length;
    if (ownLines > 100) durationsMs.push(((performance.now() - startMs) / ownLines) * 1000);
    lines += ownLines;
    files++;
  }
  const all = secrets.length * OF_EACH_KIND;
  return {
    secrets: all,
    found,
    harmless: harmless.length + files,
    falseAlarms,
    lines,
    precision: found / (found + falseAlarms),
    recall: found / all,
    p50MsPerThousandLines: medianOf(durationsMs),
  };
}
