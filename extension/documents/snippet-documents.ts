// Snippets as read-only documents, at `pybin:` addresses: to look at, and to compare with.
// A document that the editor opens by itself (a tab of yesterday) is read anew, but never one that burns.

import {
  type CancellationToken,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  type TextDocument,
  type TextDocumentContentProvider,
  type TextDocumentShowOptions,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Snippet } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';
import { withoutByteOrderMark } from '../pull/open-text.ts';
import { type NotAnswered, toSignal } from '../session/ask.ts';
import { wordsFor } from '../words.ts';
import { goneMessage, type Reader, readSnippet } from './read-snippet.ts';
import { getSnippetOf, type Listed, snippetAddress, snippetScheme } from './snippet-address.ts';

export type Opened = { readonly kind: 'opened'; readonly number: number } | NotAnswered;

interface Held {
  readonly text: string;
  /** Undefined where the text is none of a snippet alone. */
  readonly revision: number | undefined;
}

/** A file as it would be. */
export interface Proposal {
  readonly fileName: string;
  readonly language: string;
  readonly text: string;
}

export class SnippetDocuments implements TextDocumentContentProvider, Disposable {
  readonly #reader: Reader;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable;
  /** What open documents show, by their addresses. */
  readonly #held = new Map<string, Held>();
  #proposals = 0;

  readonly onDidChange = this.#changed.event;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(snippetScheme, this),
      workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        // One whose language changes is told to be closed as well.
        if (isClosed) this.#held.delete(uri.toString());
      }),
    );
  }

  /**
   * Opens a snippet of the stack, as a preview unless told otherwise. What is open already in this revision
   * isn't read again; one that burns is read after a yes.
   */
  async open(listed: Listed, options: TextDocumentShowOptions = {}): Promise<Opened> {
    const { number, revision, language } = listed;
    const uri = Uri.from(snippetAddress(listed));
    if (this.#held.get(uri.toString())?.revision === revision) {
      await window.showTextDocument(await documentAt(uri, language), { preview: true, ...options });
      return { kind: 'opened', number };
    }
    const answer = await readSnippet(this.#reader, listed, 'pybin.showStack');
    if (answer.kind !== 'answered') return answer;
    await this.show(answer.value, options);
    return { kind: 'opened', number };
  }

  /** Opens a snippet whose text is read already. */
  async show(snippet: Snippet, options: TextDocumentShowOptions = {}): Promise<void> {
    await window.showTextDocument(await this.documentOf(snippet), { preview: true, ...options });
  }

  /** The document of a snippet whose text is read already. */
  async documentOf(snippet: Snippet): Promise<TextDocument> {
    const { text, revision, language } = snippet;
    const uri = Uri.from(snippetAddress(snippet));
    this.#hold(uri, { text: withoutByteOrderMark(text), revision });
    return documentAt(uri, language);
  }

  /** A document with what a snippet would make of a file. Its text lasts as long as it is open. */
  async proposalOf({ number }: Pick<Listed, 'number'>, proposal: Proposal): Promise<TextDocument> {
    this.#proposals += 1;
    const path = `/${number}/${proposal.fileName}`;
    const uri = Uri.from({ scheme: snippetScheme, path, query: `proposal-${this.#proposals}` });
    this.#hold(uri, { text: proposal.text, revision: undefined });
    return documentAt(uri, proposal.language);
  }

  /** @throws an error in words for people, which the editor shows in place of the document */
  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    return this.#held.get(uri.toString())?.text ?? this.#readAnew(uri, toSignal(token));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #hold(uri: Uri, held: Held): void {
    const key = uri.toString();
    this.#held.set(key, held);
    if (workspace.textDocuments.some((document) => document.uri.toString() === key)) this.#changed.fire(uri);
  }

  async #readAnew(uri: Uri, signal: AbortSignal): Promise<string> {
    const named = getSnippetOf(uri);
    if (!named) throw new Error(l10n.t('This text was made for a comparison and is not kept.'));
    const connection = await this.#reader.session.get();
    if (!connection) {
      const canChoose = await this.#reader.session.canChoose();
      throw new Error(
        canChoose ? l10n.t('Choose first whose stack is used.') : l10n.t('Sign in to pybin first.'),
      );
    }
    const answer = await connection.call(async (client, given) => {
      const listed = (await client.list(given)).find(({ id }) => id === named.id);
      if (listed === undefined) return 'gone';
      return listed.readsLeft > 0 ? 'burning' : client.get(named.id, given);
    }, signal);
    if (!answer.ok) throw new Error(refusalMessage(answer.problem, named.number));
    switch (answer.value) {
      case 'gone':
        throw new Error(goneMessage(named.number));
      case 'burning':
        throw new Error(
          l10n.t('#{0} is gone once it is read. Open it from your stack to read it here.', named.number),
        );
      default: {
        const { text, revision } = answer.value;
        const held = { text: withoutByteOrderMark(text), revision };
        this.#held.set(uri.toString(), held);
        return held.text;
      }
    }
  }
}

/** The document in the language that was pushed, where its name tells another one and this editor knows it. */
async function documentAt(uri: Uri, language: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  if (language === '' || document.languageId === language) return document;
  const known = await languages.getLanguages();
  return known.includes(language) ? languages.setTextDocumentLanguage(document, language) : document;
}

function refusalMessage(problem: Problem, number: number): string {
  return problem.code === 'not_found' ? goneMessage(number) : wordsFor(problem, l10n.t).message;
}
