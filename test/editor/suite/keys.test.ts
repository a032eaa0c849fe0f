// The keys of pybin, beside those that a real editor and its own extensions have.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeEditors } from './desk.ts';

interface Binding {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

describe('the keys', () => {
  before(async () => {
    await activated();
  });

  afterEach(closeEditors);

  it('for push and pull are nobody else’s, whole or in part', async () => {
    const bindings = await readBindings();
    const own = bindings.filter(
      ({ command, when }) => command.startsWith('pybin.') && when?.includes('editorTextFocus'),
    );
    assert.deepEqual(own.map(({ command }) => command).toSorted(), [
      'pybin.pullLatest',
      'pybin.push',
      'pybin.pushWithOptions',
    ]);
    const others = bindings.filter(({ command, when }) => !command.startsWith('pybin.') && when !== 'false');
    for (const { key } of own)
      assert.deepEqual(
        others.filter((other) => isSameOrBeginning(key, other.key)),
        [],
      );
  });
});

/** Would one of them take the other's strokes? */
function isSameOrBeginning(some: string, other: string): boolean {
  return `${some} `.startsWith(`${other} `) || `${other} `.startsWith(`${some} `);
}

/** All that a key does before anybody changed one, as the editor lists it. */
async function readBindings(): Promise<readonly Binding[]> {
  await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
  const text = vscode.window.activeTextEditor?.document.getText() ?? '';
  // Comments stand around the list, and commands without a key follow it.
  const list = text.slice(text.indexOf('['), text.indexOf('\n]') + 2);
  const bindings: readonly Binding[] = JSON.parse(list);
  assert.ok(bindings.length > 100, 'the editor lists few keys');
  return bindings;
}
