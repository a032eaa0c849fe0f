// What a deploy does, from what is there.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { objectKey } from '../../../worker/archive/names.ts';
import { readInstance } from '../../../worker/deploy/project.ts';
import { type Found, type Instance, planSteps, stepWords } from '../../../worker/deploy/steps.ts';

const instance: Instance = {
  worker: 'pybin',
  bucket: 'pybin-archive',
  commit: 'abc',
  lifecycle: { file: 'rules.json', prefix: 'log/', days: 365 },
};

function words(found: Found, given: readonly string[] = [], url?: string): string[] {
  const secrets = given.map((name) => ({ name, value: 'given' }));
  return planSteps(instance, { given: secrets, url }, found).map(stepWords);
}

describe('the steps of a deploy', () => {
  it('come in an order in which nothing is deployed before what it needs', () => {
    const steps = planSteps(instance, { given: [], url: undefined }, { hasBucket: false, secretNames: [] });
    expect(steps.map(({ kind }) => kind)).toEqual(['bucket', 'lifecycle', 'secrets', 'deploy', 'check']);
  });

  it.each([
    ['creates a bucket that is missing', false, 'Creates the bucket pybin-archive.'],
    ['finds one that is there', true, 'Finds the bucket pybin-archive.'],
    ['creates one that may be missing', undefined, 'Creates the bucket pybin-archive, unless it is there.'],
  ])('%s', (_name, hasBucket, line) => {
    expect(words({ hasBucket, secretNames: [] })[0]).toBe(line);
  });

  it.each<[string, readonly string[] | undefined, readonly string[], string]>([
    ['generates what is missing', [], [], 'generates INSTANCE_SECRETS and METRICS_TOKEN.'],
    [
      'keeps what is there, whatever it is for',
      ['INSTANCE_SECRETS', 'METRICS_TOKEN', 'GITHUB_CLIENT_ID', 'SOMETHING_ELSE'],
      [],
      'keeps INSTANCE_SECRETS, METRICS_TOKEN and GITHUB_CLIENT_ID.',
    ],
    [
      'generates one beside one that is there',
      ['INSTANCE_SECRETS'],
      [],
      'keeps INSTANCE_SECRETS; generates METRICS_TOKEN.',
    ],
    [
      'sets what the environment gives, though it is there',
      ['INSTANCE_SECRETS', 'METRICS_TOKEN'],
      ['INSTANCE_SECRETS', 'GITHUB_CLIENT_ID'],
      'takes INSTANCE_SECRETS and GITHUB_CLIENT_ID from the environment; keeps METRICS_TOKEN.',
    ],
    [
      'says so where nobody knows what is there',
      undefined,
      ['METRICS_TOKEN'],
      'generates INSTANCE_SECRETS unless they are there; takes METRICS_TOKEN from the environment.',
    ],
  ])('%s', (_name, secretNames, given, line) => {
    expect(words({ hasBucket: true, secretNames }, given)[2]).toBe(`Looks after the secrets: ${line}`);
  });

  it('check the address that is given, else the one that Cloudflare gives', () => {
    const found = { hasBucket: true, secretNames: [] };
    expect(words(found)[4]).toBe('Checks /health and /version at the address that Cloudflare gives it.');
    expect(words(found, [], 'https://pybin.example.com')[4]).toMatch(/ at https:\/\/pybin\.example\.com\.$/);
  });
});

describe('the lifecycle file', () => {
  it('covers each record of the archive, for as long as the index does', async () => {
    const { prefix, days } = (await readInstance()).lifecycle;
    expect(objectKey('0123456789', '0000000001-1').startsWith(prefix)).toBe(true);
    expect(days * 24 * 60 * 60).toBe(limits.archiveSeconds);
  });
});
