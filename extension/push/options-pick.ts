// What can be said of a push, in one quick pick: each row shows its value, and changing one comes back to it.

import { l10n, type QuickPickItem, window } from 'vscode';
import { visibilities } from '../../shared/snippet.ts';
import type { PushOptions } from './draft.ts';
import {
  fieldHint,
  fieldLabel,
  type OptionField,
  optionFields,
  typedOf,
  valueLabel,
  withTyped,
} from './options.ts';
import { visibilityDetail, visibilityLabel } from './visibility-words.ts';

type Row = QuickPickItem & { readonly choice: OptionField | 'push' };

const ICONS: Record<OptionField, string> = {
  description: 'note',
  lifetime: 'clock',
  visibility: 'eye',
  alias: 'tag',
  burn: 'flame',
};

/** The options to push with; undefined where it was given up. @param name what is pushed */
export async function pickOptions(initial: PushOptions, name: string): Promise<PushOptions | undefined> {
  let options = initial;
  for (;;) {
    const choice = await pickRow(options, name);
    if (choice === undefined) return undefined;
    if (choice === 'push') return options;
    options = (await changeField(options, choice)) ?? options;
  }
}

async function pickRow(options: PushOptions, name: string): Promise<Row['choice'] | undefined> {
  const rows: Row[] = [
    { label: `$(cloud-upload) ${l10n.t('Push')}`, description: name, choice: 'push' },
    ...optionFields.map((field) => ({
      label: `$(${ICONS[field]}) ${fieldLabel(field, l10n.t)}`,
      description: valueLabel(options, field, l10n.t),
      choice: field,
    })),
  ];
  const picked = await window.showQuickPick(rows, {
    title: l10n.t('pybin: Push with Options'),
    placeHolder: l10n.t('Enter pushes; choose a row to change it'),
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

/** Undefined: as it was. */
async function changeField(options: PushOptions, field: OptionField): Promise<PushOptions | undefined> {
  const typed = await askField(options, field);
  if (typed === undefined) return undefined;
  const changed = withTyped(options, field, typed);
  return changed.ok ? changed.value : undefined;
}

async function askField(options: PushOptions, field: OptionField): Promise<string | undefined> {
  switch (field) {
    case 'visibility':
      return askVisibility();
    case 'lifetime':
      return askOf(options, field, ['', '1h', '12h', '1d', '7d', '30d', '365d']);
    case 'burn':
      return askOf(options, field, ['', '1', '5']);
    case 'description':
    case 'alias':
      return window.showInputBox({
        title: fieldLabel(field, l10n.t),
        prompt: fieldHint(field, l10n.t),
        value: typedOf(options, field),
        ignoreFocusOut: true,
        validateInput: (typed) =>
          withTyped(options, field, typed).ok ? undefined : fieldHint(field, l10n.t),
      });
    default:
      return field satisfies never;
  }
}

async function askVisibility(): Promise<string | undefined> {
  const rows = [
    { label: l10n.t('As your account says'), typed: '' },
    ...visibilities.map((visibility) => ({
      label: visibilityLabel(visibility, l10n.t),
      detail: visibilityDetail(visibility, undefined, l10n.t),
      typed: visibility,
    })),
  ];
  const title = fieldLabel('visibility', l10n.t);
  return (await window.showQuickPick(rows, { title, ignoreFocusOut: true }))?.typed;
}

/** Asks for one of some values, or another that is typed. What can't be one is said as it is typed. */
async function askOf(
  options: PushOptions,
  field: OptionField,
  values: readonly string[],
): Promise<string | undefined> {
  const pick = window.createQuickPick<QuickPickItem & { typed: string | undefined }>();
  pick.title = fieldLabel(field, l10n.t);
  pick.placeholder = fieldHint(field, l10n.t);
  pick.ignoreFocusOut = true;
  const rowOf = (typed: string): { label: string; typed: string } | undefined => {
    const changed = withTyped(options, field, typed);
    return changed.ok ? { label: capitalized(valueLabel(changed.value, field, l10n.t)), typed } : undefined;
  };
  const rows = values.map(rowOf).filter((row) => row !== undefined);
  pick.items = rows;
  pick.activeItems = rows.filter(({ typed }) => typed === typedOf(options, field));
  pick.onDidChangeValue((value) => {
    if (value === '') pick.items = rows;
    else {
      const row = rowOf(value) ?? { label: `$(error) ${fieldHint(field, l10n.t)}`, typed: undefined };
      pick.items = [{ ...row, alwaysShow: true }];
    }
  });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  pick.onDidAccept(() => {
    const typed = pick.selectedItems[0]?.typed;
    if (typed === undefined) return;
    resolve(typed);
    pick.hide();
  });
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  try {
    return await promise;
  } finally {
    pick.dispose();
  }
}

/** A value as a row of its own: those of other lists begin so. */
function capitalized(label: string): string {
  return label.charAt(0).toLocaleUpperCase() + label.slice(1);
}
