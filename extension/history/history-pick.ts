// The history as a quick pick: what is found so far, newest first, and what can be done with each record.
// It only asks what to do: nothing here changes anything.

import {
  Disposable,
  type Event,
  EventEmitter,
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  ThemeIcon,
  window,
} from 'vscode';
import type { HistoryEntry } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';
import { entryWords } from './entry-words.ts';
import type { Found, HistorySearch } from './search.ts';

/** What is done with a record. */
export type EntryAction = 'open' | 'restore' | 'copy' | 'delete';

export type Choice =
  | { readonly kind: EntryAction; readonly entry: HistoryEntry }
  /** There is nothing to choose from: something is to be pushed first. */
  | { readonly kind: 'push' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'dismissed' };

type Row =
  | { readonly kind: 'entry'; readonly entry: HistoryEntry }
  | { readonly kind: 'more' | 'push' | 'nothingFound' };
type Item = QuickPickItem & { readonly row: Row };

interface ActionButton extends QuickInputButton {
  readonly action: Exclude<EntryAction, 'open'>;
}

export class HistoryPick {
  readonly #search: HistorySearch;
  readonly #pick = window.createQuickPick<Item>();
  readonly #drawn = new EventEmitter<void>();
  readonly #buttons: readonly ActionButton[] = [
    {
      action: 'restore',
      iconPath: new ThemeIcon('cloud-upload'),
      tooltip: l10n.t('Restore: Push It onto the Stack Again'),
    },
    { action: 'copy', iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy Text') },
    { action: 'delete', iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete from History…') },
  ];
  #shown: Found | undefined;
  /** Where the row is of which something was asked last. */
  #askedAt = 0;
  #isDismissed = false;

  /** Fires when it shows something else, or another row is the active one. */
  readonly onDidDraw: Event<void> = this.#drawn.event;

  constructor(search: HistorySearch, typed: string) {
    this.#search = search;
    this.#pick.title = l10n.t('pybin: History');
    this.#pick.placeholder = l10n.t('Search what you pushed within the last year');
    this.#pick.value = typed;
    // The edge's order is the order, newest first. An editor that isn't told so puts first whatever has what
    // was typed in its label; its API doesn't name this property, and one that lacks it is not harmed by it.
    Object.assign(this.#pick, { sortByLabel: false });
  }

  get typed(): string {
    return this.#pick.value;
  }

  /** As if somebody typed it. */
  set typed(text: string) {
    this.#pick.value = text;
  }

  /** The rows, as they are read. */
  get labels(): readonly string[] {
    return this.#pick.items.map(({ label }) => label);
  }

  /** What Enter would take. */
  get activeLabel(): string | undefined {
    return this.#pick.activeItems[0]?.label;
  }

  /** Shows it until something is chosen. May be called again afterwards: what was found is still there. */
  async choose(): Promise<Choice> {
    if (this.#isDismissed) return { kind: 'dismissed' };
    const { promise, resolve } = Promise.withResolvers<Choice>();
    const subscriptions = Disposable.from(
      this.#pick.onDidChangeValue((typed) => void this.#search.type(typed)),
      this.#pick.onDidChangeActive(([item]) => {
        // Whoever walks down the list walks on.
        if (item?.row.kind === 'more') void this.#search.more();
        this.#drawn.fire();
      }),
      this.#pick.onDidAccept(() => {
        const [item] = this.#pick.selectedItems;
        const choice = item && this.#accept(item.row);
        if (choice) resolve(choice);
      }),
      this.#pick.onDidTriggerItemButton(({ item, button }) => {
        const pressed = this.#buttons.find((each) => each === button);
        if (item.row.kind !== 'entry' || !pressed) return;
        this.#askedAt = this.#pick.items.indexOf(item);
        resolve({ kind: pressed.action, entry: item.row.entry });
      }),
      this.#pick.onDidHide(() => resolve({ kind: 'dismissed' })),
      this.onDidDraw(() => {
        const { problem } = this.#search;
        if (problem) resolve({ kind: 'failed', problem });
      }),
    );
    // Shown again, the editor's list is empty until it is given its rows anew.
    if (this.#shown) this.#drawRows(this.#shown, this.#askedAt);
    this.#pick.show();
    try {
      return await promise;
    } finally {
      subscriptions.dispose();
      this.#pick.hide();
    }
  }

  /** For good, also while something is asked of a row. */
  dismiss(): void {
    this.#isDismissed = true;
    this.#pick.hide();
  }

  /** Draws what the search has now. */
  draw(): void {
    this.#pick.busy = this.#search.isBusy;
    const { found } = this.#search;
    if (found && found !== this.#shown) {
      // Where it is the same search, one stays where one was.
      const [active] = this.#pick.activeItems;
      const isSame = active && this.#shown?.typed === found.typed;
      this.#drawRows(found, isSame ? this.#pick.items.indexOf(active) : 0);
    }
    this.#shown = found;
    this.#drawn.fire();
  }

  dispose(): void {
    this.#pick.dispose();
    this.#drawn.dispose();
  }

  /** @param activeAt which row is the active one; the last one, where there are fewer */
  #drawRows(found: Found, activeAt: number): void {
    const items = this.#itemsOf(found);
    this.#pick.keepScrollPosition = activeAt > 0;
    this.#pick.items = items;
    // The editor itself makes the first one active.
    const active = activeAt > 0 ? (items[activeAt] ?? items.at(-1)) : undefined;
    if (active) this.#pick.activeItems = [active];
  }

  #itemsOf({ typed, entries, hasMore }: Found): Item[] {
    const nowMs = Date.now();
    const items = entries.map((entry): Item => {
      // Of what is lost there is nothing to open, but it can be taken off the list.
      const buttons = entry.lost ? this.#buttons.filter(({ action }) => action === 'delete') : this.#buttons;
      return {
        ...entryWords(entry, nowMs, l10n.t),
        row: { kind: 'entry', entry },
        alwaysShow: true,
        buttons,
      };
    });
    if (hasMore) items.push({ label: l10n.t('More…'), row: { kind: 'more' }, alwaysShow: true });
    if (items.length > 0) return items;
    return typed.trim() === ''
      ? [
          {
            label: l10n.t('Your history is empty: push something'),
            detail: l10n.t(
              'What you push is kept here for one year, unless it is private or burns, or your account’s archive is off.',
            ),
            row: { kind: 'push' },
            alwaysShow: true,
          },
        ]
      : [
          {
            label: l10n.t('Nothing found'),
            detail: l10n.t('A record is found by words of its description, its file’s name or its text.'),
            row: { kind: 'nothingFound' },
            alwaysShow: true,
          },
        ];
  }

  #accept(row: Row): Choice | undefined {
    switch (row.kind) {
      case 'entry':
        return { kind: 'open', entry: row.entry };
      case 'push':
        return { kind: 'push' };
      case 'more':
        void this.#search.more();
        return undefined;
      case 'nothingFound':
        return undefined;
      default:
        return row satisfies never;
    }
  }
}
