// Asks before a text with secrets leaves the machine: the lines are shown with the secrets masked, and only a
// deliberate word with a reason lets it go.

import { l10n, workspace } from 'vscode';
import { type FrozenPush, placeOfLine } from '../gate/frozen.ts';
import { type Place, placeIn, placeTitle } from '../place.ts';
import { reveal } from '../reveal.ts';
import { askReason } from '../reason.ts';
import type { FoundSecret, ShownSecret } from './found-secret.ts';
import { checkSecrets, type SecretVerdict } from './secret-check.ts';

/** Looks for secrets in exactly the text that is to be sent. */
export async function askAboutSecrets(frozen: FrozenPush): Promise<SecretVerdict> {
  const placeOf = (textLine: number): Place => {
    const place = placeOfLine(frozen, textLine);
    return placeIn(place?.document, place?.line ?? textLine);
  };
  return checkSecrets(frozen.text, { scan, placeOf }, (secrets) => askAnyway(frozen, secrets));
}

async function scan(text: string): Promise<FoundSecret[]> {
  const rules = await import('./scan.ts');
  return rules.scan(text);
}

async function askAnyway(frozen: FrozenPush, secrets: readonly ShownSecret[]): Promise<string | undefined> {
  const [first] = secrets;
  if (!first) return undefined;
  return askReason({
    message:
      secrets.length === 1
        ? l10n.t('Not pushed: this text seems to hold a secret.')
        : l10n.t('Not pushed: this text seems to hold {0} secrets.', secrets.length),
    lines: secrets.map(
      ({ what, place, maskedLine }) => `${placeTitle(place, l10n.t)}, ${what}: ${maskedLine}`,
    ),
    look: { title: l10n.t('Show It'), run: () => revealLine(frozen, first.textLine) },
    title: l10n.t('Push a text with a secret'),
    prompt: l10n.t('Why may it leave this machine? The reason is kept with the snippet.'),
  });
}

/** Goes to a line of the frozen text, from 0, where it came from a document. */
async function revealLine(frozen: FrozenPush, textLine: number): Promise<void> {
  const place = placeOfLine(frozen, textLine);
  const document = workspace.textDocuments.find(
    ({ uri }) => uri.toString() === place?.document.uri.toString(),
  );
  if (!place || !document) return;
  await reveal(document.uri, document.lineAt(place.line).range);
}
