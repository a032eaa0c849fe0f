// Find on GitHub in a real editor, with a GitHub on loopback: nothing is sent before a yes, and what comes back is shown.

import * as assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { findOnGitHub, type FoundOnGitHub } from '../../../extension/github/find-on-github.ts';
import { GitHubSearch } from '../../../extension/github/github-search.ts';
import { activated, closeEditors, openUntitled } from './desk.ts';
import { type Carried, startRoad } from './road.ts';

const words = '"def load_input(path):" language:python';
const hit = {
  path: 'src/load.py',
  html_url: 'https://github.com/ada/shop/blob/0123/src/load.py',
  repository: { full_name: 'ada/shop' },
  text_matches: [{ fragment: '\n  def load_input(path):\n    pass' }],
};

describe('find on GitHub', () => {
  let opened: string[];
  let shown: string[];
  let asked: Carried[];

  before(async () => {
    await activated();
  });

  beforeEach(() => {
    opened = [];
    shown = [];
    asked = [];
  });

  afterEach(closeEditors);

  /** Runs the command with GitHub's answer. `chosen`: which row is chosen of each list, one after the other. */
  async function found(
    answer: () => Response | undefined,
    chosen: readonly number[],
    getToken = async (): Promise<string> => 'a-token',
  ): Promise<FoundOnGitHub> {
    await using gitHub = await startRoad(async (request) => {
      asked.push(request);
      return answer();
    });
    const rows = [...chosen];
    const end = await findOnGitHub({
      search: new GitHubSearch(gitHub.url),
      getToken,
      open: async (uri) => {
        opened.push(encodeURI(uri.toString(true)));
        return true;
      },
      pick: async (items) => {
        shown.push(...items.map(({ label, detail }) => `${label}: ${detail}`));
        return items[rows.shift() ?? -1];
      },
    });
    return end;
  }

  it('opens the search in the browser after a yes, and sends nothing itself', async () => {
    await openAtStart('import os\ndef load_input(path):\n    pass\n');
    await vscode.commands.executeCommand('editor.action.selectAll');
    assert.deepEqual(await found(unasked, [0]), { kind: 'openedSearch', words });
    const [address] = opened;
    assert.ok(address);
    const { origin, pathname, searchParams } = new URL(address);
    assert.deepEqual([origin, pathname], ['https://github.com', '/search']);
    assert.deepEqual(Object.fromEntries(searchParams), { type: 'code', q: words });
    assert.deepEqual(asked, []);
  });

  it('sends nothing where one closes the list', async () => {
    await openAtStart('def load_input(path): pass\n');
    assert.deepEqual(await found(unasked, []), { kind: 'canceled' });
    assert.deepEqual([asked, opened], [[], []]);
    assert.equal(
      shown[0],
      '$(link-external) Search in the Browser: github.com gets: "def load_input(path): pass" language:python',
    );
  });

  it('asks in a list of the editor’s own', async () => {
    await openAtStart('def load_input(path): pass\n');
    const end = vscode.commands.executeCommand<FoundOnGitHub>('pybin.findOnGitHub');
    const over = new AbortController();
    void Promise.resolve(end).finally(() => over.abort());
    while (!over.signal.aborted) {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await turn();
    }
    assert.deepEqual(await end, { kind: 'canceled' });
  });

  it('says so where no line tells anything', async () => {
    await openAtStart('x = 1\n');
    assert.deepEqual(await found(unasked, []), { kind: 'nothingToFind' });
    await closeEditors();
    assert.deepEqual(await found(unasked, []), { kind: 'nothingToFind' });
  });

  const here = [1];

  it('searches with the editor’s sign-in, shows what is found, and opens it', async () => {
    await openAtStart('def load_input(path):\n    pass\n');
    const end = await found(() => Response.json({ items: [hit] }), [...here, 0]);
    assert.deepEqual(end, { kind: 'openedHit', url: hit.html_url });
    assert.deepEqual(opened, [hit.html_url]);
    const [request] = asked;
    assert.ok(request && asked.length === 1);
    const address = new URL(request.path, 'https://api.github.com');
    assert.deepEqual([request.method, address.pathname], ['GET', '/search/code']);
    assert.equal(address.searchParams.get('q'), words);
    assert.equal(request.headers.get('authorization'), 'Bearer a-token');
  });

  it('takes over nothing that is no file on GitHub', async () => {
    await openAtStart('def load_input(path):\n');
    const items = [{ ...hit, html_url: 'https://evil.example/a.py' }, { path: 1 }, null, 'x'];
    assert.deepEqual(await found(() => Response.json({ items }), here), { kind: 'nothingFound' });
    assert.deepEqual(opened, []);
  });

  it('sends nothing where nobody signs in', async () => {
    await openAtStart('def load_input(path):\n');
    assert.deepEqual(await found(unasked, here, refuse), { kind: 'signedOut' });
    assert.deepEqual(asked, []);
  });

  it('ends where GitHub fails', async () => {
    await openAtStart('def load_input(path):\n');
    assert.deepEqual(await found(() => undefined, here), { kind: 'failed' });
  });
});

/** An editor remembers where the cursor was in a document of the same name. */
async function openAtStart(content: string): Promise<void> {
  const editor = await openUntitled(content);
  editor.selection = new vscode.Selection(0, 0, 0, 0);
}

function unasked(): Response {
  throw new Error('nothing is to be asked');
}

async function refuse(): Promise<string> {
  throw new Error('User did not consent to login.');
}
