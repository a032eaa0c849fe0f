// What the command line and the environment say of a deploy.

import { describe, expect, it } from 'vitest';
import { deploySettings } from '../../../worker/deploy/settings.ts';
import { generateSecrets, planSecrets } from '../../../worker/deploy/secrets.ts';

const secret = 'ab'.repeat(32);

describe('a deploy', () => {
  it('has defaults', () => {
    expect(deploySettings([], {})).toEqual({ isDryRun: false, url: undefined, given: [] });
  });

  it('takes its address from the environment, and rather from the command line', () => {
    const environment = { PYBIN_URL: 'https://pybin.example.com/' };
    expect(deploySettings([], environment).url).toBe('https://pybin.example.com');
    expect(deploySettings(['--dry-run', '--url', 'http://localhost:8787'], environment)).toMatchObject({
      isDryRun: true,
      url: 'http://localhost:8787',
    });
  });

  it.each([[['--dryrun']], [['--url']], [['--url', 'pybin.example.com']], [['--url', 'ftp://example.com']]])(
    'refuses %j',
    (args) => {
      expect(() => deploySettings(args, {})).toThrow(/knows no|no address/);
    },
  );

  it('takes the secrets that the environment gives, and nothing else of it', () => {
    const environment = {
      METRICS_TOKEN: 'token',
      GOOGLE_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: '',
      HOME: '/root',
    };
    expect(deploySettings([], environment).given).toEqual([
      { name: 'METRICS_TOKEN', value: 'token' },
      { name: 'GOOGLE_CLIENT_ID', value: 'id' },
    ]);
  });

  it('takes an OpenID provider: where it is, and what it is called', () => {
    const environment = { OIDC_ISSUER: 'https://id.example', OIDC_NAME: 'Example', OIDC_CLIENT_ID: 'id' };
    expect(deploySettings([], environment).given.map(({ name }) => name)).toEqual([
      'OIDC_CLIENT_ID',
      'OIDC_ISSUER',
      'OIDC_NAME',
    ]);
  });

  it.each(['http://id.example', 'id.example', ' '])('takes no OpenID provider at %j', (value) => {
    expect(() => deploySettings([], { OIDC_ISSUER: value })).toThrow(
      'OIDC_ISSUER in the environment is not an address that begins with https://.',
    );
  });

  it.each([secret, `${'cd'.repeat(32)},${secret}`])('takes %s to seal with', (value) => {
    expect(deploySettings([], { INSTANCE_SECRETS: value }).given).toHaveLength(1);
  });

  it.each(['short', `${secret},`, `${secret}, ${secret}`, secret.toUpperCase(), `"${secret}"`])(
    'refuses to seal with %s, without showing it',
    (value) => {
      expect(() => deploySettings([], { INSTANCE_SECRETS: value })).toThrow(
        /^INSTANCE_SECRETS in the environment is not 64 hexadecimal digits; newest first and separated by commas where it is several\.$/,
      );
    },
  );
});

describe('generated secrets', () => {
  it('are made where they are missing, another each time, and each says why it must be kept', () => {
    const plans = planSecrets([], []);
    const [first, second] = [generateSecrets(plans), generateSecrets(plans)];
    expect(first.map(({ name }) => name)).toEqual(['INSTANCE_SECRETS', 'METRICS_TOKEN']);
    for (const { value, keptFor } of first) {
      expect(value).toMatch(/^[0-9a-f]{64}$/);
      expect(keptFor).not.toBe('');
    }
    expect(new Set([...first, ...second].map(({ value }) => value)).size).toBe(4);
  });

  it.each([
    ['they are there', planSecrets([], ['INSTANCE_SECRETS', 'METRICS_TOKEN'])],
    ['nobody knows whether they are there', planSecrets([], undefined)],
  ])('are not made where %s', (_name, plans) => {
    expect(generateSecrets(plans)).toEqual([]);
  });
});
