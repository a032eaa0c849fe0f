// Finds a Chromium and starts it headless: the one asked for, else the machine's own, else npm's.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { bundledChromium, installHost } from './install.ts';

/**
 * Starts a headless browser. `PYBIN_CHROMIUM` names the executable to take.
 * `hostResolverRules` (e.g. `MAP idp.test 127.0.0.1`) gives names of a test an address.
 * Throws when there is no Chromium for this machine.
 */
export async function launchBrowser(options: { hostResolverRules?: string } = {}): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (options.hostResolverRules) args.push(`--host-resolver-rules=${options.hostResolverRules}`);

  const executablePath = process.env['PYBIN_CHROMIUM'] ?? installedChromium();
  if (executablePath) return chromium.launch({ executablePath, args });
  if (!bundledChromium) return chromium.launch({ channel: 'chrome', args });

  await installHost();
  return chromium.launch({
    executablePath: bundledChromium.executable,
    args,
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: [bundledChromium.libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: bundledChromium.fonts,
    },
  });
}

/** A Chromium in a snap can't see the profile and files of a test under /tmp, so it doesn't count. */
function installedChromium(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.startsWith('/snap/'))
    .flatMap((folder) => ['chromium', 'google-chrome'].map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
