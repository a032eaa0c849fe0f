// What wrangler said when it failed, as words that tell an operator what to do. Pure.

import { stripVTControlCharacters } from 'node:util';

/** A step that failed. Its message says what to do. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
}

/** How a wrangler command ended badly. */
export interface WranglerFailure {
  /** Without its arguments, such as `r2 bucket create`. */
  readonly command: string;
  /** The API's own code (developers.cloudflare.com/api); undefined where wrangler told none. */
  readonly code: number | undefined;
  readonly message: string;
  /** What it printed as errors, colours and all. */
  readonly printed: string;
}

/** The bucket isn't there. */
export const NO_SUCH_BUCKET = 10006;
const BUCKET_OF_SOMEBODY_ELSE = 10004;
const R2_NOT_ENABLED = 10042;
/** A token that is wrong, is over, or may not do this. */
const REFUSED_TOKEN: ReadonlySet<number> = new Set([1000, 9106, 9109, 10000, 10002, 10003]);
const REQUIRED_SECRET_MISSING = 10057;

const permissions =
  'Workers Scripts: Edit, Workers R2 Storage: Edit and Account Settings: Read, for the account that CLOUDFLARE_ACCOUNT_ID names';

/** What to do about it. */
export function adviceOn(failure: WranglerFailure): string {
  const said = lastWordsOf(failure);
  const { code, message, command } = failure;
  if (code !== undefined && REFUSED_TOKEN.has(code))
    return `Cloudflare refuses CLOUDFLARE_API_TOKEN (${said}). It needs ${permissions}.`;
  if (code === R2_NOT_ENABLED)
    return `This account has no R2 yet (${said}). Enable it once in Cloudflare’s dashboard, under R2, then deploy again.`;
  if (code === BUCKET_OF_SOMEBODY_ELSE)
    return `The bucket can’t be created (${said}). Deploy again: it may just have been made.`;
  if (code === REQUIRED_SECRET_MISSING)
    return `A secret that the Worker needs is missing (${said}). Deploy again: missing ones are generated.`;
  if (message.includes('CLOUDFLARE_API_TOKEN'))
    return `CLOUDFLARE_API_TOKEN is not set. Make a token at https://dash.cloudflare.com/profile/api-tokens with ${permissions}.`;
  if (message.includes('CLOUDFLARE_ACCOUNT_ID') || message.includes('More than one account'))
    return 'The token reaches more than one account. Set CLOUDFLARE_ACCOUNT_ID to the one that is meant.';
  if (message.includes('workers.dev subdomain'))
    return 'This account has no workers.dev subdomain yet. Register one in Cloudflare’s dashboard, under Workers & Pages, then deploy again.';
  if (message === 'fetch failed')
    return 'Cloudflare’s API can’t be reached from here. See to the network, then deploy again.';
  return `wrangler ${command} failed (${said}). Deploy again: what is done already stays as it is.`;
}

/** What the API itself said, where it said anything: wrangler prints it, indented, below its own words. */
function lastWordsOf({ code, message, printed }: WranglerFailure): string {
  const lines = stripVTControlCharacters(printed)
    .split('\n')
    .map((line) => line.trim());
  const ofApi = lines.find((line) => code !== undefined && line.endsWith(`[code: ${code}]`));
  const ofStatus = lines.find((line) => / -> \d{3} /.test(line));
  return ofApi ?? [message.split('\n')[0], ofStatus].filter(Boolean).join(', ');
}
