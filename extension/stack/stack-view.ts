// The stack in the Explorer: a row for each snippet, newest first. A row is drawn anew only where it reads differently.

import {
  type CancellationToken,
  commands,
  Disposable,
  type Event,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import type { CommandId } from '../commands.ts';
import { stackViewId } from '../contexts.ts';
import { snippetAddress } from '../documents/snippet-address.ts';
import { toSignal } from '../session/ask.ts';
import { wordsFor } from '../words.ts';
import type { Previews } from './previews.ts';
import { type RowWords, rowWords } from './row-words.ts';
import { describeSnippet } from './snippet-hover.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { Stack } from './stack.ts';
import type { Ticks } from './ticks.ts';

/** A row; the same object as long as its snippet is on the stack. `id` tells commands which one is meant. */
export interface Row {
  readonly id: string;
  snippet: SnippetFacts;
  words: RowWords;
}

export class StackView implements TreeDataProvider<Row>, Disposable {
  readonly #stack: Stack;
  readonly #previews: Previews;
  readonly #changed = new EventEmitter<Row[] | undefined>();
  readonly #view: TreeView<Row>;
  readonly #subscriptions: Disposable;
  #rows: readonly Row[] = [];

  readonly onDidChangeTreeData: Event<Row[] | undefined> = this.#changed.event;

  constructor(stack: Stack, ticks: Ticks, previews: Previews) {
    this.#stack = stack;
    this.#previews = previews;
    // The editor listens to its provider from now on: what it listens to must be there.
    this.#view = window.createTreeView<Row>(stackViewId, { treeDataProvider: this });
    this.#subscriptions = Disposable.from(
      this.#changed,
      this.#view,
      stack.onDidChange(() => this.#draw()),
      ticks.onDidTick(() => this.#draw()),
    );
  }

  /** What people see in it, from above. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /**
   * The id of the row that keys are meant for: arrow keys move the focus and leave the selection where it was. The
   * editor tells of the selection alone, so that it is changed for a moment by that row, and back.
   */
  async getFocusedId(): Promise<string | undefined> {
    const before = this.#view.selection;
    await commands.executeCommand('list.toggleSelection');
    const toggled = this.#view.selection;
    await commands.executeCommand('list.toggleSelection');
    const focused =
      toggled.find((row) => !before.includes(row)) ?? before.find((row) => !toggled.includes(row));
    return focused?.id;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row) return [];
    // The editor shows that it waits.
    while (this.#stack.state.kind === 'starting' || this.#stack.state.kind === 'asking')
      await changed(this.#stack);
    this.#rows = this.#toRows();
    return [...this.#rows];
  }

  getTreeItem({ id, snippet, words }: Row): TreeItem {
    const item = new TreeItem(words.label);
    item.id = id;
    item.description = words.description;
    item.accessibilityInformation = { label: words.spoken };
    item.contextValue = contextOf(snippet);
    // The icon of a file of this language, in the theme that people chose.
    item.iconPath = ThemeIcon.File;
    item.resourceUri = Uri.from(snippetAddress(snippet));
    item.command = {
      title: l10n.t('Open'),
      command: 'pybin.openSnippet' satisfies CommandId,
      // As in a list of files: the keys stay with the rows.
      arguments: [id, { preserveFocus: true }],
    };
    return item;
  }

  /** The hover, made when somebody hovers. */
  async resolveTreeItem(item: TreeItem, { snippet }: Row, token: CancellationToken): Promise<TreeItem> {
    const preview = await this.#previews.read(snippet, toSignal(token));
    const markdown = new MarkdownString();
    describeSnippet(markdown, snippet, this.#stack.otherDeviceOf(snippet), preview, Date.now());
    item.tooltip = markdown;
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #draw(): void {
    const { state } = this.#stack;
    const problem = state.kind === 'known' ? state.problem : undefined;
    this.#view.message = problem ? wordsFor(problem, l10n.t).message : '';
    const before = this.#rows;
    const rows = this.#toRows();
    if (before.length === rows.length && rows.every((row, index) => row === before[index])) {
      const changedRows = this.#update(rows);
      if (changedRows.length > 0) this.#changed.fire(changedRows);
      return;
    }
    this.#update(rows);
    this.#rows = rows;
    this.#changed.fire(undefined);
  }

  /** The rows of what is on the stack now; those that were there are the same objects. */
  #toRows(): readonly Row[] {
    const known = new Map(this.#rows.map((row) => [row.id, row]));
    return this.#stack.snippets.map(
      (snippet) => known.get(snippet.id) ?? { id: snippet.id, snippet, words: this.#wordsOf(snippet) },
    );
  }

  /** Gives those that read differently now. */
  #update(rows: readonly Row[]): Row[] {
    const snippets = new Map(this.#stack.snippets.map((snippet) => [snippet.id, snippet]));
    return rows.filter((row) => {
      const snippet = snippets.get(row.id);
      if (!snippet) return false;
      const words = this.#wordsOf(snippet);
      const isSame =
        words.description === row.words.description &&
        words.label === row.words.label &&
        snippet.revision === row.snippet.revision &&
        contextOf(snippet) === contextOf(row.snippet);
      row.snippet = snippet;
      row.words = words;
      return !isSame;
    });
  }

  #wordsOf(snippet: SnippetFacts): RowWords {
    return rowWords(snippet, this.#stack.otherDeviceOf(snippet), Date.now(), l10n.t);
  }
}

/** What the manifest's when-clauses may ask of a row. */
function contextOf({ visibility, readsLeft }: SnippetFacts): string {
  return readsLeft > 0 ? 'snippet.burning' : `snippet.${visibility ?? 'unknown'}`;
}

function changed(stack: Stack): Promise<void> {
  return new Promise((resolve) => {
    const subscription = stack.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });
}
