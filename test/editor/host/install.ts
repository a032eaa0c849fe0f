// Installs the real VS Code (code-server) and Chromium of this folder from the npm registry alone:
// no compiler, no system package, no install script. Does nothing until its lockfile or itself changes.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from './program.ts';

const host = import.meta.dirname;
const modules = join(host, 'node_modules');
const stamp = join(modules, '.installed');

/** Where the editor's server starts from. */
export const codeServerEntry: string = join(modules, 'code-server/out/node/entry.js');

/** Chromium from npm with the libraries and fonts it needs, as unpacked; undefined where npm has none for this machine. */
export const bundledChromium: { executable: string; libraries: string; fonts: string } | undefined =
  process.platform === 'linux' && process.arch === 'x64'
    ? {
        executable: join(modules, '.chromium/chromium'),
        libraries: join(modules, '.chromium/al2023/lib'),
        fonts: join(modules, '.chromium/fonts.conf'),
      }
    : undefined;

/**
 * Makes code-server and Chromium ready to run; `report` gets a line as each step starts.
 * Throws with npm's own message when a package can't be had.
 */
export async function installHost(report: (line: string) => void = console.log): Promise<void> {
  const wanted = createHash('sha256')
    .update(await readFile(join(host, 'package-lock.json')))
    .update(await readFile(import.meta.filename))
    .digest('hex');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;

  report('editor host: packages of VS Code and Chromium (about 900 MB, once)');
  await runNpm(['ci', '--ignore-scripts'], host);

  // code-server installs these in its postinstall, which compiles add-ons. None of them is needed
  // here. Its shrinkwrap pins them; `npm ci` refuses it as out of step.
  report('editor host: dependencies of VS Code');
  await runNpm(['install', '--omit=dev', '--ignore-scripts'], join(modules, 'code-server/lib/vscode'));

  if (bundledChromium) {
    report('editor host: unpacking Chromium');
    await unpackChromium(dirname(bundledChromium.executable), bundledChromium.fonts);
  }

  await writeFile(stamp, wanted);
  report('editor host: ready');
}

/**
 * Runs npm quietly, on this very Node whichever one npm came with: code-server's packages want
 * Node 24. Throws with what npm printed when it fails.
 */
export async function runNpm(parameters: readonly string[], cwd: string): Promise<void> {
  const quiet = [...parameters, '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  const ownCli = process.env['npm_execpath'];
  const { ok, printed } = ownCli?.endsWith('npm-cli.js')
    ? await runProgram(process.execPath, [ownCli, ...quiet], { cwd, env })
    : await runProgram('npm', quiet, { cwd, env });
  if (!ok) throw new Error(`npm ${parameters.join(' ')} failed in ${cwd}\n${printed}`);
}

/**
 * The package unpacks into TMPDIR; a folder of our own is spared by cleaners of /tmp, shared with
 * no other user, and goes when its package does. The libraries (NSS, NSPR, Expat) are in the
 * package for machines which have none; fonts come on top of the machine's own.
 */
async function unpackChromium(directory: string, fontsConfiguration: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];
  const script = `
    import { inflate } from '@sparticuz/chromium';
    const archives = ${JSON.stringify(archives.map((name) => join(modules, '@sparticuz/chromium/bin', name)))};
    await Promise.all(archives.map(inflate));`;
  const env = { ...process.env, TMPDIR: directory };
  const parameters = ['--input-type=module', '--eval', script];
  const { ok, printed } = await runProgram(process.execPath, parameters, { cwd: host, env });
  if (!ok) throw new Error(`Chromium does not unpack into ${directory}\n${printed}`);
  await writeFile(
    fontsConfiguration,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`,
  );
}

if (import.meta.main) await installHost();
