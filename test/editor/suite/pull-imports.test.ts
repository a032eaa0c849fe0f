// Imports that a pulled text needs, in a real editor: offered where they are missing, added in one undo step.

import * as assert from 'node:assert/strict';
import { create } from '@bufbuild/protobuf';
import * as vscode from 'vscode';
import { ImportOffers } from '../../../extension/pull/imports/import-offers.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, openBytes, openUntitled, pullLatest, stack } from './desk.ts';

const text = 'arr = np.array(json.loads(raw))\n';
const snippet = create(SnippetSchema, { number: 12, text, language: 'python', needs: ['np', 'json', 'raw'] });

describe('the imports of a pulled text', () => {
  let offers: ImportOffers;

  before(async () => {
    await activated();
  });

  beforeEach(() => {
    offers = new ImportOffers();
  });

  afterEach(async () => {
    offers.dispose();
    await closeEditors();
  });

  it('are added after those of the file, in one undo step', async () => {
    const { document } = await openUntitled(`import os\n\n${text}`);
    await offers.offer(document, 'import os\n\n', snippet);
    assert.equal(await offers.add(document.uri.toString()), true);
    assert.equal(document.getText(), `import os\nimport json\nimport numpy as np\n\n${text}`);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `import os\n\n${text}`);
  });

  it('are added with the line ends of the file, and parted from what follows', async () => {
    const crlf = text.replaceAll('\n', '\r\n');
    const { document } = await openBytes('imports-crlf.py', crlf);
    await offers.offer(document, '', snippet);
    await offers.add(undefined);
    assert.equal(document.getText(), `import json\r\nimport numpy as np\r\n\r\n${crlf}`);
  });

  it('are added after a last line without an end', async () => {
    const { document } = await openUntitled('import os');
    await offers.offer(document, 'import os', snippet);
    await offers.add(undefined);
    assert.equal(document.getText(), 'import os\nimport json\nimport numpy as np');
  });

  it('are offered once: the file has the names from then on', async () => {
    const { document } = await openUntitled(text);
    assert.deepEqual(await offers.offer(document, '', snippet), ['import json', 'import numpy as np']);
    assert.deepEqual(await offers.offer(document, text, snippet), []);
  });

  it('are added once, however often one asks, and not where one wrote them meanwhile', async () => {
    const editor = await openUntitled(text);
    const { document } = editor;
    await offers.offer(document, '', snippet);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'import json\n'));
    assert.equal(await offers.add(document.uri.toString()), true);
    assert.equal(document.getText(), `import json\nimport numpy as np\n\n${text}`);
    assert.equal(await offers.add(document.uri.toString()), false);
  });

  it('are none of another language’s', async () => {
    const { document } = await openUntitled(text, 'javascript');
    assert.deepEqual(await offers.offer(document, '', snippet), []);
  });

  it('come with a pull', async () => {
    const requestId = crypto.randomUUID();
    await stack.push({
      ...plainDetails,
      language: 'python',
      needs: ['np'],
      text: 'np.zeros(3)\n',
      requestId,
    });
    const { document } = await openUntitled('');
    await pullLatest();
    while (!(await vscode.commands.executeCommand<boolean>('pybin.addImports')));
    assert.equal(document.getText(), 'import numpy as np\n\nnp.zeros(3)\n');
  });
});
