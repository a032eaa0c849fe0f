// A whole deploy through the real wrangler, to an account on loopback that runs what is uploaded.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { deploy } from '../../../worker/deploy/deploy.ts';
import type { Ask } from '../../../worker/deploy/health.ts';
import { readInstance } from '../../../worker/deploy/project.ts';
import { deploySettings } from '../../../worker/deploy/settings.ts';
import { type Call, FakeApi, TOKEN } from './fake-api.ts';

const patience = { totalMs: 500, pauseMs: 50 };
/** A deploy is five commands of wrangler, each of which starts anew. */
const TIMEOUT_MS = 60_000;
const ADDRESS = 'https://pybin.example.workers.dev';

const { commit } = await readInstance();
const credentials = { GITHUB_CLIENT_ID: 'an-id', GITHUB_CLIENT_SECRET: 'not-to-be-shown' };

let api: FakeApi;
let asked: string[];
beforeEach(async () => {
  api = await FakeApi.start();
  asked = [];
});
afterEach(async () => {
  expect(api.unknownCalls).toEqual([]);
  await api.close();
});

/** The address that the account gives, led to where the Worker really runs. */
const ask: Ask = (url, options) => {
  asked.push(url);
  return fetch(url.replace(ADDRESS, api.platform.url), options);
};

/** Deploys. @returns what the operator was told, and why it stopped */
async function run(
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<{ lines: string[]; stopped: string }> {
  const lines: string[] = [];
  const environment = { ...api.environment, ...more };
  try {
    const settings = deploySettings(args, environment);
    await deploy({ settings, environment, patience, ask, tell: (line) => lines.push(line) });
    return { lines, stopped: '' };
  } catch (error) {
    return { lines, stopped: error instanceof Error ? error.message : String(error) };
  }
}

const reads: readonly Call[] = [
  ['GET /r2/buckets/pybin-archive/lifecycle'],
  ['GET /workers/scripts/pybin/secrets'],
];
const rules: Call = [
  'PUT /r2/buckets/pybin-archive/lifecycle',
  {
    rules: [
      {
        id: 'expire-log-365d',
        enabled: true,
        conditions: { prefix: 'log/' },
        deleteObjectsTransition: { condition: { type: 'Age', maxAge: 365 * 24 * 60 * 60 } },
      },
    ],
  },
];
/** What the Worker says of itself, as uploaded: the vars of wrangler.toml belong to others. */
const upload = {
  modules: ['index.js'],
  texts: expect.objectContaining({ COMMIT: commit, LOCAL_SIGN_IN: 'off' }),
};
const address: readonly Call[] = [
  ['GET /workers/workers/pybin'],
  ['GET /workers/subdomain'],
  ['POST /workers/scripts/pybin/subdomain', { enabled: true }],
];

/** The schedules of wrangler.toml, where it has any. */
const { triggers } = readConfig({ config: join(import.meta.dirname, '../../../wrangler.toml') });
const crons: readonly string[] = triggers.crons ?? [];
const schedules: readonly Call[] =
  crons.length > 0 ? [['PUT /workers/scripts/pybin/schedules', crons.map((cron) => ({ cron }))]] : [];

const firstCalls: readonly Call[] = [
  ...reads,
  ['POST /r2/buckets', { name: 'pybin-archive' }],
  rules,
  ['GET /workers/services/pybin'],
  ['GET /workers/scripts/pybin/secrets'],
  ['GET /workers/subdomain'],
  ['GET /workers/scripts/pybin/deployments'],
  ['GET /workers/services/pybin'],
  ['GET /workers/scripts/pybin/settings'],
  ['GET /r2/buckets/pybin-archive'],
  [
    'PUT /workers/scripts/pybin',
    {
      ...upload,
      secrets: ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET', 'INSTANCE_SECRETS', 'METRICS_TOKEN'],
      inherited: [],
      keeps: ['secret_text', 'secret_key'],
      migration: expect.any(String),
    },
  ],
  ...address,
  ...schedules,
];

const nextCalls: readonly Call[] = [
  ...reads,
  rules,
  ['GET /workers/services/pybin'],
  ['GET /workers/scripts/pybin/secrets'],
  ['GET /workers/scripts/pybin/deployments'],
  ['GET /workers/services/pybin'],
  ['GET /workers/scripts/pybin/settings'],
  [
    'POST /workers/scripts/pybin/versions',
    {
      ...upload,
      secrets: [],
      inherited: expect.arrayContaining(['INSTANCE_SECRETS']),
      keeps: ['secret_text', 'secret_key'],
    },
  ],
  ['POST /workers/scripts/pybin/deployments', { versions: [{ percentage: 100 }] }],
  ['PATCH /workers/scripts/pybin/script-settings', expect.anything()],
  ...address,
  ...schedules,
];

function secretsOf(account: FakeApi['account']): Record<string, unknown> {
  return Object.fromEntries(account.secretsOf('pybin').map(({ name, text }) => [name, text]));
}

/** Where nothing listens any more. */
async function deadUrl(): Promise<string> {
  const other = await FakeApi.start();
  const { CLOUDFLARE_API_BASE_URL: url = '' } = other.environment;
  await other.close();
  return url;
}

async function push(text: string): Promise<string> {
  const response = await fetch(api.platform.url, { method: 'POST', body: text });
  return new URL((await response.text()).trim()).pathname;
}

it(
  'makes an instance from nothing; done again, it changes the version and nothing else',
  async () => {
    const first = await run([], credentials);
    expect(first.stopped).toBe('');
    expect(api.takeCalls()).toEqual(firstCalls);
    expect(asked).toEqual([`${ADDRESS}/version`, `${ADDRESS}/health`]);

    const secrets = secretsOf(api.account);
    const told = first.lines.join('\n');
    for (const name of ['INSTANCE_SECRETS', 'METRICS_TOKEN']) {
      expect(secrets[name]).toMatch(/^[0-9a-f]{64}$/);
      expect(told.split(String(secrets[name]))).toHaveLength(2);
    }
    expect(secrets).toMatchObject(credentials);
    expect(told).not.toContain(credentials.GITHUB_CLIENT_SECRET);
    expect(told).not.toContain(TOKEN);
    expect(told).toContain(`pybin is at ${ADDRESS}`);

    const path = await push('print("before")\n');
    const second = await run();
    expect(second.stopped).toBe('');
    expect(api.takeCalls()).toEqual(nextCalls);
    expect(secretsOf(api.account)).toEqual(secrets);
    for (const value of Object.values(secrets)) expect(second.lines.join('\n')).not.toContain(value);
    expect(await (await fetch(`${api.platform.url}${path}`)).text()).toBe('print("before")\n');
  },
  TIMEOUT_MS,
);

describe('where Cloudflare refuses', () => {
  it(
    'a token that is not good is named, with what it needs',
    async () => {
      const { lines, stopped } = await run([], { CLOUDFLARE_API_TOKEN: 'another' });
      expect(lines).toEqual([]);
      expect(stopped).toMatch(/refuses CLOUDFLARE_API_TOKEN \(Invalid access token.*R2 Storage: Edit/);
      expect(stopped).not.toContain('another');
    },
    TIMEOUT_MS,
  );

  it(
    'a failing step is the last one; what was there stays',
    async () => {
      api.account.createBucket('pybin-archive');
      api.failAt('PUT /r2/buckets/pybin-archive/lifecycle', {
        status: 500,
        code: 10001,
        message: 'We encountered an internal error.',
      });
      const { lines, stopped } = await run();
      expect(lines).toEqual([
        'Finds the bucket pybin-archive.',
        expect.stringMatching(/^Sets the lifecycle/),
      ]);
      expect(stopped).toBe(
        'wrangler r2 bucket lifecycle set failed (We encountered an internal error. [code: 10001]). Deploy again: what is done already stays as it is.',
      );
      expect(api.takeCalls()).toEqual(reads);
    },
    TIMEOUT_MS,
  );

  it(
    'an answer that is none is told with its status',
    async () => {
      api.failAt('GET /r2/buckets/pybin-archive/lifecycle', { status: 502, message: 'Bad gateway' });
      expect((await run()).stopped).toMatch(/lifecycle list failed \(.*malformed.*502 Bad Gateway\)/);
    },
    TIMEOUT_MS,
  );
});

describe('a dry run', () => {
  it(
    'tells the steps from what is there, and only reads',
    async () => {
      api.account.createBucket('pybin-archive');
      const { lines, stopped } = await run(['--dry-run', '--url', 'https://pybin.example.com/'], credentials);
      expect(stopped).toBe('');
      expect(lines).toEqual([
        'Nothing is changed. A deploy would take these steps:',
        'Finds the bucket pybin-archive.',
        'Sets the lifecycle of pybin-archive from worker/archive/lifecycle.json: what lies under log/ goes after 365 days.',
        'Looks after the secrets: generates INSTANCE_SECRETS and METRICS_TOKEN; takes GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET from the environment.',
        `Deploys the Worker pybin at commit ${commit}, with its secrets.`,
        'Checks /health and /version at https://pybin.example.com.',
      ]);
      expect(api.takeCalls()).toEqual(reads);
    },
    TIMEOUT_MS,
  );

  it(
    'tells them where nobody answers, too',
    async () => {
      const { lines, stopped } = await run(['--dry-run'], { CLOUDFLARE_API_BASE_URL: await deadUrl() });
      expect(stopped).toBe('');
      expect(lines).toHaveLength(7);
      expect(lines[1]).toMatch(/^What is there already is not known\. Cloudflare’s API can’t be reached/);
      expect(lines[2]).toBe('Creates the bucket pybin-archive, unless it is there.');
    },
    TIMEOUT_MS,
  );
});
