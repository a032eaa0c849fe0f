// Whose Ruff judges a push in a trusted window, and by whose settings: what the push tells of it when it is on the stack.

import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import type { Pushed } from '../../../extension/push/run.ts';
import { type InstalledRuff, installRuff } from '../../ruff/install.ts';
import { assertPublic, closeEditors, inWorkspace, openBytes, push, stack } from './desk.ts';

const settings = 'lint.select = ["D100"]\nbuiltins = ["spark"]\n';
const clean = 'x = 1\n';

describe('a project’s Ruff', () => {
  let root: string;
  let areaRuff: InstalledRuff;
  let shopRuff: InstalledRuff;

  before(async () => {
    root = vscode.extensions.getExtension('pybin.pybin')?.extensionUri.fsPath ?? '';
    for (const folder of ['area/src', 'shop', 'plain']) await mkdir(inWorkspace(folder), { recursive: true });
    areaRuff = await installRuff(root, inWorkspace('area/.venv/bin'), 'area');
    shopRuff = await installRuff(root, inWorkspace('shop/.venv/bin'), 'shop');
    await writeFile(inWorkspace('area/ruff.toml'), settings);
  });

  afterEach(async () => {
    await closeEditors();
    await set('lint.ruffPath', undefined, vscode.ConfigurationTarget.Workspace);
    await set('lint.gate', undefined, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    for (const folder of ['area', 'shop', 'plain', '.vscode'])
      await rm(inWorkspace(folder), { recursive: true, force: true });
  });

  it('is the one of the nearest .venv, where no Python extension tells: version and settings go along', async () => {
    assert.equal((await pushFile('area/src/area.py', clean)).kind, 'pushed');
    assert.deepEqual(await checkedWith(), ['Ruff', '0.17.3+area', sha256(settings)]);
    const [asked] = (await areaRuff.starts()).slice(-1);
    assert.match(asked ?? '', /^check .*--stdin-filename=\S+\/area\/src\/area\.py/);
  });

  it('is each folder’s own, with its own settings', async () => {
    const text = 'spark.read("area")\n';
    assert.equal((await pushFile('area/spark.py', text)).kind, 'pushed');
    assert.deepEqual(blockedBy(await pushFile('shop/spark.py', text)), ['F821']);
    await writeFile(inWorkspace('shop/pyproject.toml'), '[tool.ruff]\nbuiltins = ["spark"]\n');
    assert.equal((await pushFile('shop/spark.py', text)).kind, 'pushed');
    const own = sha256('[tool.ruff]\nbuiltins = ["spark"]\n');
    assert.deepEqual(await checkedWith(), ['Ruff', '0.17.3+shop', own]);
  });

  it('blocks by a rule that its project selects, where warnings block, and by none that it ignores', async () => {
    await set('lint.gate', 'warnings', vscode.ConfigurationTarget.Global);
    assert.deepEqual(blockedBy(await pushFile('area/rule.py', clean)), ['D100']);
    await writeFile(inWorkspace('area/ruff.toml'), `${settings}lint.ignore = ["D100"]\n`);
    assert.equal((await pushFile('area/rule.py', clean)).kind, 'pushed');
    await writeFile(inWorkspace('area/ruff.toml'), settings);
  });

  it('is the configured one before any other', async () => {
    await set(
      'lint.ruffPath',
      '${workspaceFolder}/shop/.venv/bin/ruff',
      vscode.ConfigurationTarget.Workspace,
    );
    assert.equal((await pushFile('area/area.py', clean)).kind, 'pushed');
    assert.deepEqual(await checkedWith(), ['Ruff', '0.17.3+shop', sha256(settings)]);
  });

  it('is the one that comes with pybin where that is asked for', async () => {
    await set('lint.ruffPath', 'bundled', vscode.ConfigurationTarget.Workspace);
    const before = await areaRuff.starts();
    assert.equal((await pushFile('area/area.py', clean)).kind, 'pushed');
    assert.equal((await checkedWith())[1], '0.17.3');
    assert.deepEqual(await areaRuff.starts(), before);
  });

  it('is the one on PATH where the project has none', async () => {
    const { PATH = '' } = process.env;
    const onPath = await installRuff(root, inWorkspace('plain/bin'), 'path');
    process.env['PATH'] = [join(onPath.program, '..'), PATH].join(delimiter);
    const pushed = await pushFile('plain/plain.py', clean);
    process.env['PATH'] = PATH;
    assert.equal(pushed.kind, 'pushed');
    assert.equal((await checkedWith())[1], '0.17.3+path');
  });

  it('that can’t read its settings stops the push, says where and what to do, and goes once they are right', async () => {
    const path = inWorkspace('area/ruff.toml');
    await writeFile(path, 'lint = [\n');
    const stopped = await pushFile('area/stopped.py', clean);
    assert.ok(stopped.kind === 'unchecked', stopped.kind);
    assert.match(stopped.reason, /0\.17\.3\+area \(.*\/ruff\) failed: /);
    assert.ok(stopped.reason.includes(`Failed to parse ${path}`), stopped.reason);
    assert.match(stopped.reason, /set pybin\.lint\.ruffPath/);
    await writeFile(path, settings);
    const retried = await vscode.commands.executeCommand<Pushed>('pybin.retryPush');
    assert.equal(retried.kind, 'pushed');
  });

  it('that crashes stops the push', async () => {
    const program = inWorkspace('plain/crashes');
    await writeFile(program, '#!/bin/sh\ncase $1 in --version) echo "ruff 0.16.9";; *) kill -9 $$;; esac\n');
    await chmod(program, 0o755);
    await set('lint.ruffPath', program, vscode.ConfigurationTarget.Workspace);
    const stopped = await pushFile('plain/stopped.py', clean);
    assert.ok(stopped.kind === 'unchecked', stopped.kind);
    assert.match(stopped.reason, /it was ended before its report was whole\. Put that right and retry/);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
  });

  it('that may not be run stops the push, in place of another one', async () => {
    const { program } = await installRuff(root, inWorkspace('plain/.venv/bin'), 'plain');
    await chmod(program, 0o644);
    const stopped = await pushFile('plain/stopped.py', clean);
    await chmod(program, 0o755);
    assert.ok(stopped.kind === 'unchecked', stopped.kind);
    assert.match(stopped.reason, /plain\/\.venv\/bin\/ruff failed: .*EACCES/);
    assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'pushed');
  });

  it('is not asked about a file of another file system: the one that comes with pybin is', async () => {
    const scheme = 'pybin-memory';
    const files = { '/area/virtual.py': '\uFEFFx = 1\r\n', '/area/wrong.py': 'spark.read("area")\n' };
    const provider = vscode.workspace.registerFileSystemProvider(
      scheme,
      inMemory(new Map(Object.entries(files))),
    );
    const before = [...(await areaRuff.starts()), ...(await shopRuff.starts())];
    await set('lint.ruffPath', areaRuff.program, vscode.ConfigurationTarget.Workspace);
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme, path: '/area/virtual.py' }));
    assert.equal((await push()).kind, 'pushed');
    await assertPublic(files['/area/virtual.py']);
    assert.equal((await checkedWith())[1], '0.17.3');
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme, path: '/area/wrong.py' }));
    assert.deepEqual(blockedBy(await push()), ['F821']);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    provider.dispose();
    assert.deepEqual([...(await areaRuff.starts()), ...(await shopRuff.starts())], before);
  });
});

/** Pushes a file with this text, saved at this place. */
async function pushFile(name: string, text: string): Promise<Pushed> {
  await openBytes(name, text);
  return push();
}

/** What the newest snippet was checked with. */
async function checkedWith(): Promise<readonly (string | undefined)[]> {
  const { proof } = await stack.latest();
  return [proof?.linter, proof?.linterVersion, proof?.configurationSha256];
}

function blockedBy(pushed: Pushed): readonly string[] {
  return pushed.kind === 'blocked' ? pushed.findings.map(({ code }) => code) : [pushed.kind];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function set(name: string, value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
  await vscode.workspace.getConfiguration('pybin').update(name, value, target);
}

/** A file system that lies on no disk, with these texts by their paths. */
function inMemory(texts: ReadonlyMap<string, string>): vscode.FileSystemProvider {
  const read = ({ path }: vscode.Uri): Uint8Array => {
    const text = texts.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound();
    return new TextEncoder().encode(text);
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => {}),
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: read(uri).length }),
    readDirectory: () => [],
    readFile: read,
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}
