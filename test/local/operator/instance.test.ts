// Which instance an operator's command is for, and where its token goes.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireInstance } from '../../../worker/operator/instance.ts';

let stateDirectory: string;

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-operator-'));
  await writeFile(join(stateDirectory, 'operator-token'), 'kept\n');
});
afterAll(() => rm(stateDirectory, { recursive: true, force: true }));

const remote = 'https://pybin.example';

describe('an operator’s command', () => {
  it.each<[string, string | undefined, Record<string, string>, unknown]>([
    ['on this machine', undefined, {}, { origin: 'http://localhost:8787', token: 'kept' }],
    ['at another port', undefined, { PORT: '9000' }, { origin: 'http://localhost:9000', token: 'kept' }],
    ['with a token of its own', undefined, { OPERATOR_TOKEN: 'own' }, { token: 'own' }],
    ['elsewhere', `${remote}/x`, { OPERATOR_TOKEN: 'own' }, { origin: remote, token: 'own' }],
    ['where PYBIN_URL says', undefined, { PYBIN_URL: remote, OPERATOR_TOKEN: 'own' }, { origin: remote }],
    ['at a loopback address', 'http://127.0.0.1:1', {}, { origin: 'http://127.0.0.1:1', token: 'kept' }],
  ])('is for the instance %s', async (_what, url, environment, instance) => {
    const found = await requireInstance(url, { PYBIN_STATE_DIR: stateDirectory, ...environment });
    expect(found).toMatchObject(Object(instance));
  });

  it.each([
    ['without a token', remote, {}, 'Set OPERATOR_TOKEN'],
    ['where nothing is kept', undefined, { PYBIN_STATE_DIR: '/nowhere' }, 'Set OPERATOR_TOKEN'],
    ['without encryption', 'http://pybin.example', { OPERATOR_TOKEN: 'own' }, 'is not encrypted'],
    ['with no address', 'pybin', { OPERATOR_TOKEN: 'own' }, 'is no address'],
  ])('goes nowhere %s', async (_what, url, environment, words) => {
    const asked = requireInstance(url, { PYBIN_STATE_DIR: stateDirectory, ...environment });
    await expect(asked).rejects.toThrow(words);
  });
});
