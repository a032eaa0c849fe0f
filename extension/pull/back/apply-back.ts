// A snippet's text back to where it came from. Where the place is as the snippet's commit had it, in one step;
// where it isn't, the change is shown and asked for. Nothing is ever overwritten unseen.

import {
  commands,
  EndOfLine,
  l10n,
  Range,
  Selection,
  type TextDocument,
  TabInputTextDiff,
  type Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { baseName } from '../../base-name.ts';
import type { Snippet } from '../../../shared/client.ts';
import { limits } from '../../../shared/limits.ts';
import type { SnippetDocuments } from '../../documents/snippet-documents.ts';
import { announce, type Confirm, show } from '../../messages.ts';
import { compareFile } from '../compare.ts';
import { withoutByteOrderMark } from '../open-text.ts';
import { findFiles } from './find-file.ts';
import { findPlace, type Lines, type Replacement } from './find-place.ts';
import { getRepositories, type Repository } from './git.ts';

/** What came of it. */
export type AppliedBack =
  | { readonly kind: 'applied' | 'unchanged'; readonly number: number; readonly uri: Uri }
  /** No file of this window is the one, or no place in it. */
  | { readonly kind: 'noPlace' }
  /** The file changed while it was asked about. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'canceled' };

export interface ApplyBackParts {
  readonly documents: SnippetDocuments;
  /** Asks beside what is shown. */
  readonly confirmBeside: Confirm;
}

export async function applyBack(parts: ApplyBackParts, snippet: Snippet): Promise<AppliedBack> {
  const { number, origin } = snippet;
  if (!origin || origin.fileName === '') {
    show('information', l10n.t('#{0} came from no file.', number));
    return { kind: 'noPlace' };
  }
  const repositories = await getRepositories();
  const files = await findFiles(origin, repositories);
  if (files.length === 0) {
    show(
      'information',
      l10n.t(
        'No file of this window is {0}. Open the folder that it belongs to, then apply #{1} back again.',
        origin.path || origin.fileName,
        number,
      ),
    );
    return { kind: 'noPlace' };
  }
  const uri = await chooseFile(files, number);
  if (!uri) return { kind: 'canceled' };
  return applyTo(parts, snippet, await workspace.openTextDocument(uri), repositories);
}

async function applyTo(
  parts: ApplyBackParts,
  snippet: Snippet,
  document: TextDocument,
  repositories: readonly Repository[],
): Promise<AppliedBack> {
  const { number, language, origin } = snippet;
  const { uri } = document;
  const committed = await committedText(uri, origin?.commit ?? '', repositories);
  const returning = {
    text: withoutByteOrderMark(snippet.text),
    language: language || document.languageId,
    startLine: origin?.startLine ?? 0,
    endLine: origin?.endLine ?? 0,
  };
  const eol = document.eol === EndOfLine.CRLF ? '\r\n' : '\n';
  const { version } = document;
  const place = findPlace(document.getText(), returning, committed, eol);
  switch (place.kind) {
    case 'unchanged':
      await reveal(document, rangeOf(document, place.lines));
      window.setStatusBarMessage(
        l10n.t('$(check) #{0} stands there already', number),
        limits.editor.copiedShownMs,
      );
      announce(l10n.t('Number {0} stands there already: nothing was changed.', number));
      return { kind: 'unchanged', number, uri };
    case 'certain':
      return apply(document, place.replacement, number);
    case 'guess':
      if (!(await isMeant(parts, snippet, document, place.replacement))) return { kind: 'canceled' };
      if (document.version !== version) {
        show('warning', l10n.t('{0} changed meanwhile: nothing was applied.', baseName(document.uri)));
        return { kind: 'moved' };
      }
      return apply(document, place.replacement, number);
    case 'nowhere':
      await compareFile(parts.documents, snippet, document);
      show(
        'information',
        l10n.t(
          'Nothing tells where in {0} this belongs. Here are both: take over what you need.',
          baseName(document.uri),
        ),
      );
      return { kind: 'noPlace' };
    default:
      return place satisfies never;
  }
}

/** The file as it was in the commit that the snippet came from, if its repository is open and has that commit. */
async function committedText(
  uri: Uri,
  commit: string,
  repositories: readonly Repository[],
): Promise<string | undefined> {
  const around = repositories
    .filter(({ root }) => root.scheme === uri.scheme && uri.path.startsWith(`${root.path}/`))
    .toSorted((one, other) => other.root.path.length - one.root.path.length);
  return around[0]?.show(commit, uri);
}

async function apply(document: TextDocument, replacement: Replacement, number: number): Promise<AppliedBack> {
  const { uri } = document;
  const range = rangeOf(document, replacement.lines);
  const edit = new WorkspaceEdit();
  edit.replace(uri, range, replacement.newText);
  if (!(await workspace.applyEdit(edit))) {
    show('error', l10n.t('{0} can’t be written: nothing was applied.', baseName(document.uri)));
    return { kind: 'moved' };
  }
  const addedLines = replacement.newText.split('\n').length - (range.end.line - range.start.line + 1);
  const end = document.lineAt(range.end.line + addedLines).range.end;
  await reveal(document, new Range(range.start, end));
  announce(l10n.t('Applied number {0} back to {1}.', number, baseName(document.uri)));
  return { kind: 'applied', number, uri };
}

/** Shows what would change, and asks. */
async function isMeant(
  { documents, confirmBeside }: ApplyBackParts,
  snippet: Snippet,
  document: TextDocument,
  replacement: Replacement,
): Promise<boolean> {
  const fileName = baseName(document.uri);
  const text = document.getText();
  const range = rangeOf(document, replacement.lines);
  const proposal = await documents.proposalOf(snippet, {
    fileName,
    language: document.languageId,
    text:
      text.slice(0, document.offsetAt(range.start)) +
      replacement.newText +
      text.slice(document.offsetAt(range.end)),
  });
  const title = l10n.t('{0} ↔ with #{1}', fileName, snippet.number);
  await commands.executeCommand('vscode.diff', document.uri, proposal.uri, title, {
    preview: true,
    selection: new Selection(range.start, range.start),
  });
  const isYes = await confirmBeside({
    message: l10n.t('{0} may have changed since #{1} was pushed', fileName, snippet.number),
    detail: l10n.t('Below is what #{0} would change in {1}', snippet.number, fileName),
    yes: l10n.t('Apply #{0} to {1}', snippet.number, fileName),
  });
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(
    tabs.filter(
      ({ input }) =>
        input instanceof TabInputTextDiff && input.modified.toString() === proposal.uri.toString(),
    ),
  );
  return isYes;
}

async function chooseFile(files: readonly Uri[], number: number): Promise<Uri | undefined> {
  if (files.length === 1) return files[0];
  const chosen = await window.showQuickPick(
    files.map((uri) => ({ label: workspace.asRelativePath(uri), uri })),
    {
      title: l10n.t('pybin: Apply Back #{0}', number),
      placeHolder: l10n.t('Which of these files did it come from?'),
    },
  );
  return chosen?.uri;
}

async function reveal(document: TextDocument, selection: Range): Promise<void> {
  await window.showTextDocument(document, { selection });
}

/** Whole lines without the last one's line end. */
function rangeOf(document: TextDocument, { start, end }: Lines): Range {
  return new Range(start, 0, end - 1, document.lineAt(Math.max(start, end - 1)).text.length);
}
