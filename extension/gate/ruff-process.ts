// A project's own Ruff as a function: a file goes in by its standard input, its report comes out, whatever becomes of
// the process. What it writes to anywhere else, what ends it, and silence are failures, never "clean".

import { spawn } from 'node:child_process';
import { dirname, extname } from 'node:path';
import { limits } from '../../shared/limits.ts';
import { readRuffReport, ruffOptions } from '../../shared/lint/ruff.ts';
import type { Translate } from '../words.ts';
import type { LintedFile, ProjectRuff, RuffAnswer } from './linter.ts';
import { getSettingsSha256 } from './ruff-settings.ts';

export interface RuffProgram {
  /** Its path. */
  readonly program: string;
  readonly t: Translate;
  readonly timeoutMs?: number;
}

/** Nothing runs until it is asked. */
export function createProjectRuff({
  program,
  version,
  t,
  timeoutMs = limits.lint.ruffTimeoutMs,
}: RuffProgram & { readonly version: string }): ProjectRuff {
  const failed = (reason: string): RuffAnswer => failure(`Ruff ${version} (${program})`, reason, t);
  return {
    async check(file, signal) {
      const path = file.uri.fsPath;
      const [ran, configurationSha256] = await Promise.all([
        run({ program, args: checkArguments(path, file), input: inputOf(file), timeoutMs }, signal),
        getSettingsSha256(dirname(path)),
      ]);
      switch (ran.kind) {
        case 'failed':
          return failed(ran.reason);
        case 'silent':
          return failed(silence(timeoutMs, t));
        case 'ended': {
          // 0: nothing found, 1: something found; anything else: it could not check.
          const diagnostics =
            ran.code === 0 || ran.code === 1 ? readRuffReport(ran.output, file.texts) : undefined;
          if (diagnostics === undefined || (ran.code === 1) !== diagnostics.length > 0)
            return failed(causeOf(ran.errors) ?? endOf(ran.code, t));
          return { kind: 'checked', diagnostics, version, configurationSha256 };
        }
        default:
          return ran satisfies never;
      }
    },
  };
}

export type Identified =
  | { readonly kind: 'ruff'; readonly version: string }
  /** Another program, or a Ruff that is too old to be asked this way. */
  | { readonly kind: 'other' }
  /** It doesn't start, doesn't answer, or is ended while it does: this time. The reason is a sentence for a person. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What a program says that it is. @throws the signal's reason once it is aborted */
export async function identify(
  { program, t, timeoutMs = limits.lint.ruffVersionTimeoutMs }: RuffProgram,
  signal: AbortSignal,
): Promise<Identified> {
  const ran = await run({ program, args: ['--version'], input: '', timeoutMs }, signal);
  switch (ran.kind) {
    case 'failed':
      return failure(program, ran.reason, t);
    case 'silent':
      return failure(program, silence(timeoutMs, t), t);
    case 'ended': {
      if (ran.code === null) return failure(program, endOf(null, t), t);
      const [, version, major, minor] = (ran.code === 0 && VERSION.exec(ran.output)) || [];
      const isNew = Number(major) * 1000 + Number(minor) >= OLDEST_MINOR;
      return version !== undefined && isNew ? { kind: 'ruff', version } : { kind: 'other' };
    }
    default:
      return ran satisfies never;
  }
}

const VERSION = /^ruff ((\d+)\.(\d+)\.\d+\S*)/;
/** From 0.5 on, what doesn't parse is reported whatever the rules are. */
const OLDEST_MINOR = 5;

/**
 * The project's settings count, but for those by which a text would pass unseen: exclusions, fixing in place of
 * reporting, another language for the file's extension, and a choice of rules without those that the gate is for.
 */
function checkArguments(path: string, { isNotebook }: LintedFile): string[] {
  const extension = extname(path).slice(1);
  return [
    'check',
    '--output-format=json',
    `--stdin-filename=${path}`,
    '--no-cache',
    '--no-fix',
    '--no-fix-only',
    '--no-force-exclude',
    `--extend-select=${ruffOptions.lint.select.join(',')}`,
    ...(extension === '' ? [] : [`--extension=${extension}:${languageOf(extension, isNotebook)}`]),
    '-',
  ];
}

function languageOf(extension: string, isNotebook: boolean): string {
  if (isNotebook) return 'ipynb';
  return extension === 'pyi' ? 'pyi' : 'python';
}

/** The text, or a notebook with these cells. */
function inputOf({ texts, isNotebook }: LintedFile): string {
  if (!isNotebook) return texts.join('');
  const cells = texts.map((source) => ({
    cell_type: 'code',
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const metadata = { language_info: { name: 'python' } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 });
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly timeoutMs: number;
}

type Ran =
  | { readonly kind: 'ended'; readonly code: number | null; readonly output: string; readonly errors: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Runs a program to its end. @throws the signal's reason once it is aborted; the process is ended then */
async function run({ program, args, input, timeoutMs }: Command, signal: AbortSignal): Promise<Ran> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const { promise, resolve } = Promise.withResolvers<Ran>();
  const { RUFF_OUTPUT_FILE: _, FORCE_COLOR: _color, ...env } = process.env;
  const child = spawn(program, args, {
    // Whatever the file's folder is, also one that isn't there yet: this one is.
    cwd: dirname(program),
    env,
    signal: AbortSignal.any([signal, timeout]),
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
  // What it was writing with may outlive it, and would hold what it writes to for ever.
  const giveUp = (): void => {
    child.kill('SIGKILL');
    resolve({ kind: 'ended', code: null, output: '', errors: '' });
  };
  const output = collect(child.stdout, giveUp);
  const errors = collect(child.stderr, giveUp);
  child.on('error', (error) =>
    resolve(timeout.aborted ? { kind: 'silent' } : { kind: 'failed', reason: error.message }),
  );
  child.on('close', (code) => resolve({ kind: 'ended', code, output: output(), errors: errors() }));
  // A program that ends without reading leaves a broken pipe, which its end tells of, too.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ran = await promise;
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  signal.throwIfAborted();
  return ran;
}

/** What a stream has said, up to a limit; `overflow` is called beyond it. */
function collect(stream: NodeJS.ReadableStream, overflow: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.lint.ruffReportBytes) overflow();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Ruff says that it failed and, in the lines behind it, why: from afar to near. Pictures of the place are left out. */
function causeOf(errors: string): string | undefined {
  const lines = errors.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !/^\d*\s*\|/.test(line));
  const first = said.findIndex((line) => line.startsWith(CAUSE));
  if (first === -1) return said[0];
  const causes = said.slice(first).map((line) => (line.startsWith(CAUSE) ? line.slice(CAUSE.length) : line));
  return causes.slice(-NEAREST_CAUSES).join(': ');
}

const CAUSE = 'Cause: ';
/** Which file, where in it, and what is wrong there. */
const NEAREST_CAUSES = 3;

/** What happened, and what to do. */
function failure(
  name: string,
  reason: string,
  t: Translate,
): { readonly kind: 'failed'; readonly reason: string } {
  const sentence = reason.endsWith('.') ? reason : `${reason}.`;
  return {
    kind: 'failed',
    reason: t(
      '{0} failed: {1} Put that right and retry, or set pybin.lint.ruffPath to another Ruff; “bundled” is pybin’s own.',
      name,
      sentence,
    ),
  };
}

function silence(timeoutMs: number, t: Translate): string {
  return t('it did not answer within {0} seconds.', timeoutMs / 1000);
}

function endOf(code: number | null, t: Translate): string {
  return code === null
    ? t('it was ended before its report was whole.')
    : t('it ended with the code {0}, and its report can’t be read.', code);
}
