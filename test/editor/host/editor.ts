// Runs a real VS Code as a server (code-server) on loopback, with a profile of its own under one
// directory: nothing of the person's editor is read or written, and nothing outlives close().
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeServerEntry } from './install.ts';
import { runProgram } from './program.ts';

export interface EditorOptions {
  /** Holds everything of this editor; `makeEditorDirectory` gives one that is short enough. */
  directory: string;
  /** User settings, on top of those that keep a fresh editor quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /** `.vsix` files to install, or folders with a manifest, which are linked. */
  extensions?: readonly string[];
  /** What the server, and with it every extension host, finds in its environment. */
  env?: Readonly<Record<string, string>>;
  /** Further flags of code-server. */
  flags?: readonly string[];
  /** The port on 127.0.0.1; any free one unless given. */
  port?: number;
}

export interface Editor {
  /** Without a slash at its end. */
  url: string;
  port: number;
  /** What the server and its extension hosts printed. */
  logFile: string;
  /** A file on this machine as the workbench in the browser addresses it. */
  remotePath(path: string): string;
  /** Ends the server and every process it started. */
  close(): Promise<void>;
}

/** A server that has not answered by then won't. */
const startTimeoutMs = 60_000;
/** How long the server may take to end by itself. */
const closeTimeoutMs = 5_000;
/** Linux allows 107 bytes in a socket's path, macOS 103, of which VS Code's own name takes 53. */
const directoryLimitBytes = 46;

/** The settings of every editor here: nothing opens, saves or asks by itself. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.restoreWindows': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** What has to end, and then to go, when this process exits. */
const servers = new Set<ChildProcess>();
const directories = new Set<string>();
process.once('exit', () => {
  for (const server of servers) killGroup(server, 'SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** A fresh directory whose path leaves room for the sockets an editor puts there. Gone when this process ends. */
export async function makeEditorDirectory(): Promise<string> {
  const directory = await mkdtemp(join(process.platform === 'win32' ? tmpdir() : '/tmp', 'pybin-editor-'));
  directories.add(directory);
  return directory;
}

/**
 * Starts an editor and resolves once it answers. Any number may run side by side.
 * Throws, with what the server printed, when it ends or stays silent.
 */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const { directory } = options;
  if (process.platform !== 'win32' && Buffer.byteLength(directory) > directoryLimitBytes) {
    throw new Error(`${directory} is too long for an editor's sockets (over ${directoryLimitBytes} bytes)`);
  }
  const profile = join(directory, 'data');
  const extensionsFolder = join(directory, 'ext');
  const temporary = join(directory, 'tmp');
  await Promise.all(
    [join(profile, 'User'), extensionsFolder, temporary].map((folder) => mkdir(folder, { recursive: true })),
  );
  await writeFile(
    join(profile, 'User/settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );
  await writeFile(join(directory, 'config.yaml'), '');

  const folders = ['--user-data-dir', profile, '--extensions-dir', extensionsFolder];
  const env = {
    ...cleanEnvironment(),
    EXTENSIONS_GALLERY: '{}',
    // The browser is on this machine, too: its ports are reached as they are, by no proxy of code-server's.
    VSCODE_PROXY_URI: '',
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    XDG_CONFIG_HOME: join(directory, 'config'),
    XDG_DATA_HOME: join(directory, 'share'),
    ...options.env,
  };
  const configuration = ['--config', join(directory, 'config.yaml')];
  await installExtensions(options.extensions ?? [], extensionsFolder, [...configuration, ...folders], env);

  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`, '--ignore-last-opened'];
  flags.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  // Extension hosts would have the PATH of the person's login shell in place of the one given here.
  flags.push('--vscode-option', 'force-disable-user-env');
  flags.push(...configuration, ...folders, ...(options.flags ?? []));
  const server = spawn(
    process.execPath,
    [codeServerEntry, ...flags],
    // A group of its own, so that close() reaches the extension hosts too.
    { cwd: directory, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  servers.add(server);

  const logFile = join(directory, 'server.log');
  const log = createWriteStream(logFile);
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  server.once('close', () => log.end());

  const close = async (): Promise<void> => {
    await endGroup(server);
    servers.delete(server);
  };
  try {
    const url = await listeningUrl(server);
    await answers(url);
    const port = Number(new URL(url).port);
    return {
      url,
      port,
      logFile,
      remotePath: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
      close,
    };
  } catch (error) {
    await close();
    const printed = meaningfulLines(await readFile(logFile, 'utf8')).join('\n');
    throw new Error(`the editor did not start\n${printed}`, { cause: error });
  }
}

/**
 * The lines of a log that say something. Left out are the editor's own stacks: its add-ons are not
 * compiled, which it does well without and complains of at length.
 */
export function meaningfulLines(log: string): string[] {
  const own =
    /code-server\/(?:lib|out)\/|workbench\.js:|node:internal|bindings file|Ignoring fetching|^\s*(?:tries: \[|[\]{}]*)$/;
  return log.split('\n').filter((line) => !own.test(line));
}

/** Folders go in before the first .vsix: installing one makes VS Code write down all it finds there. */
async function installExtensions(
  extensions: readonly string[],
  extensionsFolder: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  for (const folder of extensions.filter((path) => !path.endsWith('.vsix'))) {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const target = join(extensionsFolder, installedName(manifest, folder));
    if (existsSync(target)) continue;
    if (process.platform === 'win32') await cp(folder, target, { recursive: true });
    else await symlink(folder, target);
  }
  for (const vsix of extensions.filter((path) => path.endsWith('.vsix'))) {
    const command = [codeServerEntry, ...parameters, '--install-extension', vsix, '--force'];
    const { ok, printed } = await runProgram(process.execPath, command, { env });
    if (!ok) throw new Error(`${vsix} does not install\n${meaningfulLines(printed).join('\n')}`);
  }
}

/** The name by which VS Code knows an extension's folder. */
function installedName(manifest: unknown, folder: string): string {
  if (typeof manifest === 'object' && manifest !== null) {
    if ('publisher' in manifest && 'name' in manifest && 'version' in manifest) {
      return `${String(manifest.publisher)}.${String(manifest.name)}-${String(manifest.version)}`;
    }
  }
  throw new Error(`${folder}/package.json has no publisher, name and version`);
}

/**
 * Without what would steer the editor or the extension from outside: PORT beats the server's flags,
 * and under VSCODE_IPC_HOOK_CLI (any terminal of VS Code) it would open a folder in that editor instead.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const steering =
    /^(?:PYBIN_\w+|PORT|PASSWORD|HASHED_PASSWORD|LOG_LEVEL|NODE_OPTIONS|GITHUB_TOKEN|ELECTRON_\w+|VSCODE_\w+|CODE_SERVER_\w+|CS_\w+)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name)));
}

/** The address from the line by which code-server says where it listens. */
function listeningUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not listen')), startTimeoutMs);
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(reason));
    };
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /HTTP server listening on (http:\/\/\S+?)\/?\s/.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
  });
}

async function answers(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(startTimeoutMs);
  for (;;) {
    const answer = await fetch(`${url}/healthz`, { signal: deadline }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    deadline.throwIfAborted();
    await delay(50, undefined, { signal: deadline });
  }
}

async function endGroup(server: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    else server.once('exit', () => resolve());
  });
  killGroup(server, 'SIGTERM');
  await Promise.race([ended, delay(closeTimeoutMs, undefined, { ref: false })]);
  // The server may be gone before its extension hosts are.
  killGroup(server, 'SIGKILL');
  await ended;
}

function killGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  try {
    if (process.platform === 'win32') server.kill(signal);
    else process.kill(-server.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
