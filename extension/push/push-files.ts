// Whole files as they are chosen in the explorer, in an editor's title, or by being open: one or several.

import { FileType, l10n, TabInputNotebook, TabInputText, Uri, window, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { baseName } from '../base-name.ts';
import { show } from '../messages.ts';
import { pushFrom, type Pushed, type PushParts } from './run.ts';
import { type Chosen, pushSeveral, type PushedSeveral } from './several.ts';
import { fromDocument, showNothing } from './source.ts';

/** How the command ended; of several files, how each did. */
export type PushedFiles = Pushed | PushedSeveral | { readonly kind: 'tooMany' | 'unsaved' | 'unreadable' };

/** @param given what a menu hands over: what was clicked on, and all that is selected beside it */
export async function pushFiles(parts: PushParts, given: readonly unknown[]): Promise<PushedFiles> {
  const uris = chosenBy(given);
  const [only, ...others] = uris.length > 0 ? uris : getActive();
  if (!only) return showNothing();
  if (others.length === 0 && !(await isFolder(only))) return pushFile(only, parts);
  const files = await oldestFirst([only, ...others]);
  if (files.length > limits.stackSnippets) {
    show(
      'warning',
      l10n.t(
        'A stack keeps {0} snippets, and {1} files are selected: the oldest would be gone at once. Select fewer.',
        limits.stackSnippets,
        files.length,
      ),
    );
    return { kind: 'tooMany' };
  }
  return pushSeveral(await Promise.all(files.map(open)), parts);
}

async function pushFile(uri: Uri, parts: PushParts): Promise<PushedFiles> {
  const { name, source } = await open(uri);
  switch (source) {
    case 'unsaved':
      show('warning', l10n.t('Not pushed: {0} has changes. Save it first.', name));
      return { kind: 'unsaved' };
    case 'unreadable':
      show('warning', l10n.t('Not pushed: {0} can’t be opened as text.', name));
      return { kind: 'unreadable' };
    default:
      return pushFrom(source, parts);
  }
}

async function open(uri: Uri): Promise<Chosen> {
  const name = baseName(uri);
  // What is seen of a notebook isn't its text, so nobody knows what its changes would be in it.
  const notebook = workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString());
  if (notebook?.isDirty) return { name, source: 'unsaved' };
  try {
    return { name, source: fromDocument(await workspace.openTextDocument(uri)) };
  } catch {
    return { name, source: 'unreadable' };
  }
}

function chosenBy([clicked, selected]: readonly unknown[]): readonly Uri[] {
  const several = Array.isArray(selected) ? selected.filter((each) => each instanceof Uri) : [];
  if (several.length > 0) return several;
  return clicked instanceof Uri ? [clicked] : [];
}

/** What is open and has the focus: not always a text editor. */
function getActive(): readonly Uri[] {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText || input instanceof TabInputNotebook) return [input.uri];
  const document = window.activeTextEditor?.document;
  return document ? [document.uri] : [];
}

/** The files among these: the one that was changed last comes to lie on top. Folders are left out. */
async function oldestFirst(uris: readonly Uri[]): Promise<Uri[]> {
  const looked = await Promise.all(uris.map(async (uri) => ({ uri, changedAtMs: await changedAt(uri) })));
  return looked
    .filter(({ changedAtMs }) => changedAtMs !== 'folder')
    .toSorted((one, other) => Number(one.changedAtMs) - Number(other.changedAtMs))
    .map(({ uri }) => uri);
}

/** When a file was changed last; what can't be asked is as new as can be: it may be in the editor alone. */
async function changedAt(uri: Uri): Promise<number | 'folder'> {
  try {
    const { type, mtime } = await workspace.fs.stat(uri);
    return type & FileType.Directory ? 'folder' : mtime;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}

async function isFolder(uri: Uri): Promise<boolean> {
  return (await changedAt(uri)) === 'folder';
}
