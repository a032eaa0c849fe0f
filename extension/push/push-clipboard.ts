// The text on the clipboard. It lies in no document: the bundled Ruff alone is asked about it. Where that stops it,
// the text is opened as an untitled one, and from there on it is pushed like any other.

import { env, l10n, Uri, window, workspace } from 'vscode';
import { documentOf } from '../gate/nowhere.ts';
import { show } from '../messages.ts';
import { noOptions } from './draft.ts';
import { guessLanguage } from './guess-language.ts';
import { conclude, pushFrom, type Pushed, pushOnce, type PushParts, withProgress } from './run.ts';
import { fromDocument, fromEditor } from './source.ts';

const CLIPBOARD = Uri.from({ scheme: 'pybin-clipboard', path: '/' });

export async function pushClipboard(parts: PushParts): Promise<Pushed> {
  const text = await env.clipboard.readText();
  if (text === '') {
    show('information', l10n.t('There is no text on the clipboard: copy some first.'));
    return { kind: 'nothing' };
  }
  const language = languageOf(text);
  const source = fromDocument(documentOf(text, language, CLIPBOARD));
  const outcome = await withProgress(source, (signal, report) =>
    pushOnce(
      source,
      { ...parts, gate: { check: parts.gate.checkAlone }, options: noOptions },
      signal,
      report,
    ),
  );
  if (outcome.kind !== 'blocked' && outcome.kind !== 'unchecked') {
    await conclude(outcome, source.uri, parts);
    return outcome;
  }
  const document = await workspace.openTextDocument({ content: text, ...(language && { language }) });
  return pushFrom(fromEditor(await window.showTextDocument(document)), parts);
}

/** That of an open document which its lines were copied from; else what it looks like. A word or two may be from anywhere. */
function languageOf(text: string): string {
  const from = text.trim().includes('\n')
    ? workspace.textDocuments.find((document) => document.getText().includes(text))
    : undefined;
  return from?.languageId ?? guessLanguage(text);
}
