// Stands for the Ruff of a project's environment, which neither npm nor Debian has: `ruff` as a program, with the real
// Ruff of @astral-sh/ruff-wasm-nodejs in it. It takes the command line that pybin gives, reads the settings that Ruff
// would read, and ends as Ruff does: with 0 where nothing is found, 1 where something is, 2 and a cause where it can't
// check. What it can't do as Ruff does it, it refuses: notebooks, stubs, fixes, settings that mean other files.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { readRuffDiagnostics } from '../../shared/lint/ruff.ts';

/** One of several Ruffs is told from the others by its build: `0.17.3+shop`. */
const [build = '', ...given] = process.argv.slice(2);

/** Without these, settings would count that aren't looked at here. */
const NEEDED = ['no-cache', 'no-fix', 'no-fix-only', 'no-force-exclude'] as const;

/** Settings that mean other files, or this one by its path. */
const REFUSED = ['extend', 'extend-per-file-ignores', 'per-file-ignores', 'per-file-target-version'];

class Failure extends Error {
  readonly causes: readonly string[];

  constructor(...causes: readonly string[]) {
    super(causes.join(': '));
    this.causes = causes;
  }
}

try {
  process.exitCode = given[0] === '--version' ? tellVersion() : await check();
} catch (error) {
  const causes = error instanceof Failure ? error.causes : [messageOf(error)];
  console.error(['ruff failed', ...causes.map((cause) => `  Cause: ${cause}`)].join('\n'));
  process.exitCode = 2;
}

function tellVersion(): number {
  console.log(`ruff ${Workspace.version()}+${build}`);
  return 0;
}

async function check(): Promise<number> {
  const { path, extendSelect } = readCommandLine();
  const workspace = open(settingsFor(dirname(path)), extendSelect);
  // Not by `text`, which would take a byte order mark away.
  const source = (await buffer(process.stdin)).toString('utf8');
  const diagnostics = readRuffDiagnostics(workspace.check(source));
  if (!diagnostics) throw new Failure('Ruff answered in another form');
  const report = diagnostics.map(({ code, message, start, end, cell }) => ({
    cell,
    code,
    message,
    filename: path,
    location: start,
    end_location: end,
    fix: null,
  }));
  console.log(JSON.stringify(report, undefined, 2));
  return diagnostics.length === 0 ? 0 : 1;
}

function readCommandLine(): { readonly path: string; readonly extendSelect: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: {
      'output-format': { type: 'string' },
      'stdin-filename': { type: 'string' },
      'no-cache': { type: 'boolean' },
      'no-fix': { type: 'boolean' },
      'no-fix-only': { type: 'boolean' },
      'no-force-exclude': { type: 'boolean' },
      'extend-select': { type: 'string', default: '' },
      extension: { type: 'string', default: '' },
    },
  });
  const path = values['stdin-filename'] ?? '';
  const language = `${extname(path).slice(1)}:python`;
  if (positionals.join(' ') !== 'check -') throw new Failure('it checks its standard input only');
  if (values['output-format'] !== 'json') throw new Failure('it reports as JSON only');
  if (values.extension !== language) throw new Failure(`it is to read ${language} only`);
  for (const name of NEEDED) if (!values[name]) throw new Failure(`it needs --${name}`);
  return { path, extendSelect: values['extend-select'].split(',') };
}

interface Settings {
  /** The file they are from; empty where they are Ruff's own. */
  readonly path: string;
  readonly options: TomlTable;
}

/** Those of the nearest folder that has some, else the person's own. */
function settingsFor(folder: string): Settings {
  const found = settingsIn(folder);
  if (found) return found;
  const parent = dirname(folder);
  if (parent !== folder) return settingsFor(parent);
  const personal = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'ruff');
  return settingsIn(personal) ?? { path: '', options: {} };
}

function settingsIn(folder: string): Settings | undefined {
  for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
    const path = join(folder, name);
    const settings = readToml(path);
    const options = name === 'pyproject.toml' ? getTable(getTable(settings, 'tool'), 'ruff') : settings;
    if (!options) continue;
    const refused = REFUSED.find((key) => key in options || key in (getTable(options, 'lint') ?? {}));
    if (refused !== undefined) throw new Failure(`${path} has \`${refused}\`, which is beyond a stand-in`);
    return { path, options };
  }
  return undefined;
}

function readToml(path: string): TomlTable | undefined {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof TomlError) throw failureAt(path, error);
    return undefined;
  }
}

/** @param selected what the command line selects beside the settings, whatever they ignore */
function open({ path, options }: Settings, selected: readonly string[]): Workspace {
  const lint = getTable(options, 'lint') ?? {};
  const counts = (rule: string): boolean => !selected.some((prefix) => rule.startsWith(prefix));
  const merged = {
    ...lint,
    'extend-select': [...getList(lint, 'extend-select'), ...selected],
    ignore: getList(lint, 'ignore').filter(counts),
    'extend-ignore': getList(lint, 'extend-ignore').filter(counts),
  };
  try {
    return new Workspace({ ...options, lint: merged }, PositionEncoding.Utf32);
  } catch (error) {
    throw failureAt(path, error);
  }
}

function failureAt(path: string, error: unknown): Failure {
  return new Failure(
    `Failed to load configuration \`${path}\``,
    `Failed to parse ${path}`,
    'TOML parse error',
    messageOf(error),
  );
}

/** Its first line: behind it, a parser draws the place. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/^Error: /, '');
}

function getList(of: TomlTable, key: string): readonly string[] {
  const value = of[key] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new Failure(`\`${key}\` is no list of rules`);
  return value;
}

function getTable(of: TomlTable | undefined, key: string): TomlTable | undefined {
  const value: TomlValue | undefined = of?.[key];
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) ? value : undefined;
}
