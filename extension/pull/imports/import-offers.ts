// Offers the imports that a pulled text needs and its new file lacks: once for each pull, added as one undo step.

import {
  type Disposable,
  EndOfLine,
  l10n,
  Position,
  type TextDocument,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { baseName } from '../../base-name.ts';
import type { Snippet } from '../../../shared/client.ts';
import { limits } from '../../../shared/limits.ts';
import { button, show } from '../../messages.ts';
import { findClones } from '../back/find-file.ts';
import { getRepositories } from '../back/git.ts';
import { missingImports, type SourceFile, stillMissing } from './missing-imports.ts';
import { importPlace } from './python-imports.ts';

const PYTHON = 'python';
const NOTEBOOK_CELL = 'vscode-notebook-cell';

export class ImportOffers implements Disposable {
  /** The statements that were offered, by the documents' addresses. */
  readonly #offered = new Map<string, readonly string[]>();
  readonly #subscription = workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
    if (isClosed) this.#offered.delete(uri.toString());
  });

  /** Offers what is missing. @param before the document's text without the pulled one */
  async offer(document: TextDocument, before: string, snippet: Snippet): Promise<readonly string[]> {
    const { uri, languageId } = document;
    // What a cell needs, another cell may have.
    if (languageId !== PYTHON || uri.scheme === NOTEBOOK_CELL || snippet.needs.length === 0) return [];
    const statements = missingImports(snippet, before, await getSource(snippet, uri));
    if (statements.length === 0 || document.isClosed) return [];
    this.#offered.set(uri.toString(), statements);
    show(
      'information',
      l10n.t('{0} lacks imports of the pulled text: {1}.', baseName(document.uri), statements.join('; ')),
      button(l10n.t('Add Imports'), 'pybin.addImports', uri.toString()),
    );
    return statements;
  }

  /** Adds what was offered for a document, unless named for the active one. False where there is nothing to add. */
  async add(documentUri: string | undefined): Promise<boolean> {
    const uri = documentUri === undefined ? window.activeTextEditor?.document.uri : Uri.parse(documentUri);
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri?.toString());
    const statements =
      document && stillMissing(this.#offered.get(document.uri.toString()) ?? [], document.getText());
    if (!document || !statements || statements.length === 0) {
      show(
        'information',
        uri
          ? l10n.t('No import is missing here that is known for certain.')
          : l10n.t('Open the file that a text was pulled into.'),
      );
      return false;
    }
    this.#offered.delete(document.uri.toString());
    const edit = new WorkspaceEdit();
    const { position, text } = insertionOf(statements, document);
    edit.insert(document.uri, position, text);
    return workspace.applyEdit(edit);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function insertionOf(
  statements: readonly string[],
  document: TextDocument,
): { readonly position: Position; readonly text: string } {
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const { line, blankBefore, blankAfter } = importPlace(document.getText());
  const body = [...(blankBefore ? [''] : []), ...statements, ...(blankAfter ? [''] : [])].join(eol);
  if (line < document.lineCount) return { position: new Position(line, 0), text: body + eol };
  // The last line has no end of its own.
  return { position: document.lineAt(document.lineCount - 1).range.end, text: eol + body };
}

/** The file that a snippet came from, where its repository is open here. */
async function getSource({ origin }: Snippet, target: Uri): Promise<SourceFile | undefined> {
  if (!origin?.repository || !origin.path) return undefined;
  const [uri] = await findClones(origin, await getRepositories());
  if (!uri || uri.toString() === target.toString()) return undefined;
  const { size } = await workspace.fs.stat(uri);
  if (size > limits.editor.bigTextBytes) return undefined;
  const bytes = await workspace.fs.readFile(uri);
  const isNeighbour = Uri.joinPath(uri, '..').toString() === Uri.joinPath(target, '..').toString();
  return { text: new TextDecoder().decode(bytes), isNeighbour };
}
