// Whether a push tells where in a repository it comes from: as the setting says, and never without a yes of its
// author. Asked once for a repository.

import { l10n, window, workspace } from 'vscode';
import type { Origin } from '../../shared/provenance.ts';
import type { FrozenPush } from '../gate/frozen.ts';
import { getRepositories } from '../pull/back/git.ts';
import { getOriginPolicy } from '../settings.ts';
import { toOrigin } from './origin.ts';
import type { Memory } from './visibility-choice.ts';

const ANSWERS_KEY = 'pybin.originAnswers';

export type OriginAnswer =
  /** What goes along; undefined where nothing is known or may be told. */
  | { readonly kind: 'answered'; readonly origin: Origin | undefined }
  /** Its author was asked, and said nothing: nothing is to be pushed. */
  | { readonly kind: 'open' };

export class OriginChoice {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** What goes along with a push, asked for where that isn't said yet. */
  async get(frozen: FrozenPush): Promise<OriginAnswer> {
    const policy = getOriginPolicy(workspace.getConfiguration());
    const origin = policy === 'never' ? undefined : await findOrigin(frozen);
    if (!origin || policy === 'always') return { kind: 'answered', origin };
    const isAllowed = await this.#isAllowed(origin);
    if (isAllowed === undefined) return { kind: 'open' };
    return { kind: 'answered', origin: isAllowed ? origin : undefined };
  }

  async #isAllowed({ repository, path }: Origin): Promise<boolean | undefined> {
    const answers = this.#answers();
    const known = answers[repository];
    if (known !== undefined) return known;
    const rows = [
      { label: l10n.t('Only the text'), answer: false },
      { label: l10n.t('The text, and where it is from'), detail: `${repository} · ${path}`, answer: true },
    ];
    const picked = await window.showQuickPick(rows, {
      title: l10n.t('pybin: What goes along?'),
      placeHolder: l10n.t('Asked once for this repository. Only you see where a push is from.'),
      ignoreFocusOut: true,
    });
    if (!picked) return undefined;
    await this.#memory.update(ANSWERS_KEY, { ...answers, [repository]: picked.answer });
    return picked.answer;
  }

  #answers(): Readonly<Record<string, boolean>> {
    const kept = this.#memory.get(ANSWERS_KEY);
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  }
}

/** That of the innermost open repository that the file is in. */
async function findOrigin({ parts, uri }: FrozenPush): Promise<Origin | undefined> {
  const [first] = parts;
  const last = parts.at(-1);
  // Git knows files alone, and may have to start first.
  if (!first || !last || uri.scheme !== 'file') return undefined;
  const isOneFile = parts.every(({ document }) => document.uri.toString() === uri.toString());
  const range = isOneFile ? { start: first.range.start, end: last.range.end } : undefined;
  const repositories = (await getRepositories())
    .filter(({ root }) => root.scheme === uri.scheme && uri.path.startsWith(`${root.path}/`))
    .toSorted((one, other) => other.root.path.length - one.root.path.length);
  const [repository] = repositories;
  return repository && toOrigin({ ...repository, rootPath: repository.root.path }, uri.path, range);
}
