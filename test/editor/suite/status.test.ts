// The status bar item in a real editor: what it shows follows the stack and the session.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import { connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import {
  activated,
  closeEditors,
  drawn,
  endpoint,
  key,
  openUntitled,
  push,
  pushFromElsewhere,
  signOutAll,
} from './desk.ts';

describe('the status bar', () => {
  let access: TestAccess;

  before(async () => {
    access = await activated();
  });

  afterEach(closeEditors);

  it('shows what another device pushed, which one, and how old it is, without having asked', async () => {
    const other = await signInLocally(endpoint, 'status-devices', 'laptop');
    await access.session.signIn(other.key);
    await pushFrom(other.key);
    await drawn(access, (text) => text.includes('#1 '));
    assert.deepEqual(access.statusBar.shown, {
      text: '$(cloud-download) pull latest #1 · laptop · now',
      label: 'pull latest: number 1, pushed just now from laptop',
      command: 'pybin.pullLatest',
    });
    // Once this editor has pushed by a key of that name, it is none of another device.
    await openUntitled('x = 1\n');
    assert.equal((await push()).kind, 'pushed');
    await pushFrom(other.key);
    await drawn(access, (text) => text === '$(cloud-download) pull latest #3 · now');
    await access.session.signIn(key);
  });

  it('says after a push that the address is on the clipboard, then goes back', async () => {
    await openUntitled('x = 1\n');
    const pushed = await push();
    assert.ok(pushed.kind === 'pushed');
    const { number } = pushed.snippet;
    assert.equal(access.statusBar.shown?.text, `$(check) #${number} · copied`);
    await drawn(access, (text) => text === `$(cloud-download) pull latest #${number} · now`);
  });

  it('warns of a push that waits, until it is discarded', async () => {
    const number = await pushFromElsewhere('x = 1\n');
    await drawn(access, (text) => text.includes(`#${number} `));
    await openUntitled('print(undefined_name)\n');
    await push();
    assert.match(access.statusBar.shown?.text ?? '', /^\$\(warning\) /);
    assert.match(access.statusBar.shown?.label ?? '', /not pushed: 1 problem$/);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    assert.match(access.statusBar.shown?.text ?? '', /^\$\(cloud-download\) /);
  });

  it('warns at once of a push that waits, though one went the moment before', async () => {
    await openUntitled('x = 1\n');
    assert.equal((await push()).kind, 'pushed');
    await openUntitled('print(undefined_name)\n');
    assert.equal((await push()).kind, 'blocked');
    assert.match(access.statusBar.shown?.text ?? '', /^\$\(warning\) not pushed/);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
  });

  it('leads to signing in where nobody is signed in', async () => {
    await signOutAll(access);
    await drawn(access, (text) => text === '$(sign-in) pybin: sign in');
    assert.equal(access.statusBar.shown?.command, 'pybin.signIn');
    await access.session.signIn(key);
    await drawn(access, (text) => text.startsWith('$(cloud'));
  });

  it('says where the edge is away, and comes back with it', async () => {
    const configuration = vscode.workspace.getConfiguration('pybin');
    await configuration.update('endpoint', 'http://127.0.0.1:9', vscode.ConfigurationTarget.Global);
    await drawn(access, (text) => text === '$(debug-disconnect) pybin');
    await configuration.update('endpoint', endpoint, vscode.ConfigurationTarget.Global);
    await drawn(access, (text) => text.startsWith('$(cloud-download) pull latest #'));
  });
});

async function pushFrom(ownerKey: string): Promise<void> {
  const requestId = crypto.randomUUID();
  await connect({ endpoint, key: ownerKey }).push({ ...plainDetails, text: 'x = 1\n', requestId });
}
