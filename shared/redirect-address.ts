// Where an editor may have its answer sent (RFC 8252, 7): to a program on the person's own device, or to the callback
// of a VS Code that runs in a browser. Whatever else is asked for is no address here, so nobody is ever sent there; an
// editor that has no such address doesn't ask.

import { limits } from './limits.ts';

/** The extension's name in addresses of editors: publisher and name, as package.json has them. */
const EXTENSION_ID = 'pybin.pybin';

/** Schemes that editors register, by which the system opens them. */
const EDITORS: Readonly<Record<string, string>> = {
  antigravity: 'Antigravity',
  'code-oss': 'Code - OSS',
  cursor: 'Cursor',
  kiro: 'Kiro',
  positron: 'Positron',
  trae: 'Trae',
  vscode: 'Visual Studio Code',
  'vscode-insiders': 'Visual Studio Code Insiders',
  vscodium: 'VSCodium',
  'vscodium-insiders': 'VSCodium Insiders',
  windsurf: 'Windsurf',
  'windsurf-next': 'Windsurf Next',
};

/** Hosts of this very device; a browser resolves none of them elsewhere. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Hosts that serve VS Code itself. Not `*.app.github.dev`: ports that a codespace forwards are there, on which
 * anybody's program may listen, and no callback of VS Code.
 */
const WEB_EDITOR_HOST = /^(?:(?:insiders\.)?vscode\.dev|(?:[a-z0-9-]+\.)?github\.dev)$/;

export interface RedirectAddress {
  readonly href: string;
  /** What gets the answer, for a person: an editor's name, or where it is. */
  readonly receiver: string;
  /** The part of the address that says who gets the answer, such as `vscode://pybin.pybin`. */
  readonly place: string;
}

/** An address that an answer may be sent to; undefined where it is none. */
export function getRedirectAddress(text: string): RedirectAddress | undefined {
  // Parsing drops line ends and turns others into something else: what isn't plain is refused before.
  if (!/^[\x21-\x7e]+$/.test(text) || text.length > limits.connect.redirectCharacters) return undefined;
  const url = URL.parse(text);
  if (!url || url.hash !== '' || url.username !== '' || url.password !== '' || text.endsWith('#'))
    return undefined;
  const receiver = getReceiver(url);
  return receiver === undefined
    ? undefined
    : { href: url.href, receiver, place: `${url.protocol}//${url.host}` };
}

function getReceiver({ protocol, host, hostname, port }: URL): string | undefined {
  const scheme = protocol.slice(0, -1);
  if (Object.hasOwn(EDITORS, scheme)) return host === EXTENSION_ID ? EDITORS[scheme] : undefined;
  const isWeb = scheme === 'http' || scheme === 'https';
  if (isWeb && LOOPBACK_HOSTS.has(hostname)) return 'a program on this device';
  const isWebEditor = scheme === 'https' && port === '' && WEB_EDITOR_HOST.test(hostname);
  return isWebEditor ? `VS Code in the browser at ${hostname}` : undefined;
}

/**
 * The address with its answer. What its query has stays as it is: a codespace finds the window that asked by a
 * `state` of its own, which is not to be doubled.
 */
export function answeredAddress({ href }: RedirectAddress, answer: Readonly<Record<string, string>>): string {
  const own = new URL(href).searchParams;
  const added = new URLSearchParams(Object.entries(answer).filter(([name]) => !own.has(name)));
  const joint = href.includes('?') ? '&' : '?';
  return `${href}${joint}${added.toString()}`;
}
