// The stack as the editor's language models have it: two tools, the first behind the same gate as a person's push.
// Their questions are dialogs, which count as answered with yes here.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toolNames } from '../../../extension/ai/names.ts';
import { activated, assertPublic, pushFromElsewhere, topNumber } from './desk.ts';

describe('tools of a language model', () => {
  before(activated);

  it('are there, and say what they do', () => {
    const tools = vscode.lm.tools.filter(({ name }) => toolNames.some((known) => known === name));
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), [...toolNames].toSorted());
    for (const { description } of tools) assert.match(description, /stack/);
  });

  it('push a clean text byte by byte', async () => {
    const text = 'def f():\r\n    return "ü"';
    assert.match(await invoke('push_snippet', { text, language: 'python' }), /^Pushed\./);
    await assertPublic(text);
  });

  it('push nothing that the gate blocks, and say what is wrong with it', async () => {
    const before = await topNumber();
    const answer = await invoke('push_snippet', { text: 'x = 1\nprint(np)\n', language: 'python' });
    assert.match(answer, /^Not pushed[^]*Line 2: Undefined name `np` \(Ruff F821\)$/);
    assert.equal(await topNumber(), before);
  });

  it('pull the newest, and any by its number', async () => {
    const below = await pushFromElsewhere('below = 1\n');
    await pushFromElsewhere('top = 1\n');
    assert.equal(await invoke('pull_snippet', {}), 'top = 1\n');
    assert.equal(await invoke('pull_snippet', { number: below }), 'below = 1\n');
    assert.match(await invoke('pull_snippet', { number: 4_000_000 }), /no snippet 4000000/);
  });
});

async function invoke(name: (typeof toolNames)[number], input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart, 'the tool answered no text');
  return part.value;
}
