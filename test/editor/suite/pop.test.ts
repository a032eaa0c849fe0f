// A pop in a real editor: what was confirmed goes, nothing else; its text is kept whatever is lost on the way.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Question } from '../../../extension/messages.ts';
import { ImportOffers } from '../../../extension/pull/imports/import-offers.ts';
import { Pop } from '../../../extension/pull/pop.ts';
import type { Client } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, endpoint, key, openUntitled, signInNew, useEndpoint } from './desk.ts';
import { startRoadThatLosesAnAnswer } from './road.ts';

describe('a pop', () => {
  let access: TestAccess;
  let owner: Client;
  let ownerKey: string;
  let asked: Question[];

  before(async () => {
    access = await activated();
  });

  afterEach(closeEditors);

  after(async () => {
    await useEndpoint(endpoint);
    await access.session.signIn(key);
  });

  async function signInAs(userId: string): Promise<void> {
    ({ key: ownerKey, owner } = await signInNew(access, userId));
  }

  async function pushed(text: string): Promise<void> {
    await owner.push({ ...plainDetails, language: 'python', text, requestId: crypto.randomUUID() });
  }

  async function numbers(): Promise<number[]> {
    return (await owner.list()).map(({ number }) => number);
  }

  /** A pop whose question is answered so. */
  function popWith(answer: () => Promise<boolean>): Pop {
    const { session, stack } = access;
    asked = [];
    const confirm = (question: Question): Promise<boolean> => {
      asked.push(question);
      return answer();
    };
    return new Pop({ session, stack, confirm, imports: new ImportOffers(), log: { info: () => {} } });
  }

  it('takes the newest off and inserts it at the cursor', async () => {
    await signInAs('pop-inserts');
    await pushed('one = 1\n');
    await pushed('two = 2\n');
    const editor = await openUntitled('');
    const end = await popWith(async () => true).run();
    assert.deepEqual(end, { kind: 'popped', number: 2, to: 'editor' });
    assert.equal(editor.document.getText(), 'two = 2\n');
    assert.deepEqual(await numbers(), [1]);
    assert.deepEqual(
      access.stack.snippets.map(({ number }) => number).filter((number) => number === 2),
      [],
    );
  });

  it('opens the text where no editor is active', async () => {
    await signInAs('pop-opens');
    await pushed('one = 1\n');
    const end = await popWith(async () => true).run();
    assert.deepEqual(end, { kind: 'popped', number: 1, to: 'newEditor' });
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'one = 1\n');
  });

  it('takes nothing after a no', async () => {
    await signInAs('pop-no');
    await pushed('one = 1\n');
    assert.deepEqual(await popWith(async () => false).run(), { kind: 'canceled' });
    assert.equal(asked[0]?.message, 'Pop #1 off your stack?');
    assert.deepEqual(await numbers(), [1]);
  });

  it('takes nothing where another was pushed while one read the question', async () => {
    await signInAs('pop-meanwhile');
    await pushed('one = 1\n');
    const end = await popWith(async () => {
      await pushed('two = 2\n');
      return true;
    }).run();
    assert.equal(end.kind === 'refused' && end.problem.code, 'stale');
    assert.deepEqual(await numbers(), [2, 1]);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('of an empty stack asks nothing', async () => {
    await signInAs('pop-empty');
    const end = await popWith(async () => true).run();
    assert.equal(end.kind === 'refused' && end.problem.code, 'not_found');
    assert.deepEqual(asked, []);
  });

  it('whose answer was lost brings its text when it is tried again, and takes no other', async () => {
    await signInAs('pop-lost');
    await pushed('one = 1\n');
    await pushed('two = 2\n');
    await using road = await startRoadThatLosesAnAnswer('PopSnippet');
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    const pop = popWith(async () => true);
    const lost = await pop.run();
    assert.equal(lost.kind === 'refused' && lost.problem.code, 'unavailable');
    assert.deepEqual(await pop.run(), { kind: 'popped', number: 2, to: 'newEditor' });
    assert.equal(asked.length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'two = 2\n');
    assert.deepEqual(await numbers(), [1]);
    await useEndpoint(endpoint);
  });
});
