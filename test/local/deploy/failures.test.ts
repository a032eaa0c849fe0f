// What an operator is told where wrangler fails. The words of wrangler and of the API are as they print them.

import { expect, it } from 'vitest';
import { getAddress } from '../../../worker/deploy/cloudflare.ts';
import { adviceOn } from '../../../worker/deploy/failures.ts';

const noCode = undefined;

it.each([
  [
    'a missing token',
    noCode,
    "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.",
    '',
    /^CLOUDFLARE_API_TOKEN is not set\. Make a token at .* with Workers Scripts: Edit/,
  ],
  [
    'a token that may not do this',
    10000,
    'A request to the Cloudflare API (/accounts/a/workers/services/pybin) failed.',
    '\u001B[31m✘ ERROR\u001B[0m A request failed.\n\n  Authentication error [code: 10000]\n  \n',
    /^Cloudflare refuses CLOUDFLARE_API_TOKEN \(Authentication error \[code: 10000\]\)\. It needs/,
  ],
  [
    'two accounts',
    noCode,
    'More than one account available but unable to select one in non-interactive mode.',
    '',
    /Set CLOUDFLARE_ACCOUNT_ID/,
  ],
  [
    'R2 that was never enabled',
    10042,
    'A request to the Cloudflare API (/accounts/a/r2/buckets) failed.',
    '  Please enable R2 through the Cloudflare Dashboard. [code: 10042]',
    /no R2 yet \(Please enable R2/,
  ],
  [
    'no subdomain',
    noCode,
    'You can either deploy your worker to one or more routes by specifying them in your wrangler.toml file, or register a workers.dev subdomain here:\nhttps://dash.cloudflare.com/a/workers/onboarding',
    '',
    /Register one in Cloudflare’s dashboard, under Workers & Pages/,
  ],
  ['no network', noCode, 'fetch failed', '', /can’t be reached from here/],
  [
    'a secret that went away meanwhile',
    10057,
    'A request to the Cloudflare API failed.',
    "inherit binding 'INSTANCE_SECRETS' is invalid [code: 10057]",
    /missing ones are generated/,
  ],
  [
    'an answer that is none',
    noCode,
    'Received a malformed response from the API',
    '  <h1>oops</h1>\n  GET /accounts/a/r2 -> 502 Bad Gateway\n',
    /^wrangler deploy failed \(Received a malformed response from the API, GET \/accounts\/a\/r2 -> 502 Bad Gateway\)\. Deploy again/,
  ],
  [
    'whatever else',
    99_999,
    'A request to the Cloudflare API failed.\nwith more lines',
    '',
    /^wrangler deploy failed \(A request to the Cloudflare API failed\.\)/,
  ],
])('says what to do about %s', (_name, code, message, printed, advice) => {
  expect(adviceOn({ command: 'deploy', code, message, printed })).toMatch(advice);
});

it.each([
  [['pybin.example.workers.dev'], 'https://pybin.example.workers.dev'],
  [['https://pybin.example.workers.dev'], 'https://pybin.example.workers.dev'],
  [
    ['schedule: 0 3 * * *', 'Producer for mail', 'pybin.example.com (custom domain)'],
    'https://pybin.example.com',
  ],
  [['example.com/pybin/*', 'schedule: 0 3 * * *'], undefined],
  [[], undefined],
])('finds among %j the address %s', (targets, address) => {
  expect(getAddress(targets)).toBe(address);
});
