// The extension is there, activates, and registers each command its manifest contributes.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  const extension = vscode.extensions.getExtension('pybin.pybin');

  it('is installed', () => {
    assert.ok(extension);
  });

  it('activates', async () => {
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('registers every command of its manifest', async () => {
    await extension?.activate();
    const contributed = contributedCommands(extension?.packageJSON);
    assert.ok(contributed.length > 0, 'the manifest contributes no command');

    const registered = new Set<unknown>(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});

function contributedCommands(manifest: unknown): unknown[] {
  const commands = member(member(manifest, 'contributes'), 'commands');
  return Array.isArray(commands) ? commands.map((entry: unknown) => member(entry, 'command')) : [];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
