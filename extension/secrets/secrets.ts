// Asks before a text with secrets leaves the machine: the lines are shown with the secrets masked, and only a
// deliberate word with a reason lets it go.

import { l10n, window, workspace } from 'vscode';
import { type FrozenPush, placeOfLine } from '../gate/frozen.ts';
import { type Place, placeIn, placeTitle } from '../place.ts';
import { reveal } from '../reveal.ts';
import { readReason } from '../reason.ts';
import type { FoundSecret, ShownSecret } from './found-secret.ts';
import { checkSecrets, type SecretVerdict } from './secret-check.ts';

/** The lines of a dialog: more of them nobody reads. */
const SHOWN_LINES = 5;

/** Looks for secrets in exactly the text that is to be sent. */
export async function askAboutSecrets(frozen: FrozenPush): Promise<SecretVerdict> {
  const placeOf = (textLine: number): Place => {
    const place = placeOfLine(frozen, textLine);
    return placeIn(place?.document, place?.line ?? textLine);
  };
  return checkSecrets(frozen.text, { scan, placeOf }, (secrets) => askReason(frozen, secrets));
}

async function scan(text: string): Promise<FoundSecret[]> {
  const rules = await import('./scan.ts');
  return rules.scan(text);
}

async function askReason(frozen: FrozenPush, secrets: readonly ShownSecret[]): Promise<string | undefined> {
  const [first] = secrets;
  if (!first) return undefined;
  const show = l10n.t('Show It');
  const pushAnyway = l10n.t('Push Anyway…');
  const lines = secrets
    .slice(0, SHOWN_LINES)
    .map(({ what, place, maskedLine }) => `${placeTitle(place, l10n.t)}, ${what}: ${maskedLine}`);
  const more = secrets.length - SHOWN_LINES;
  if (more > 0) lines.push(l10n.t('and {0} more', more));
  // The first button is the one that Enter presses.
  const chosen = await window.showWarningMessage(
    secrets.length === 1
      ? l10n.t('Not pushed: this text seems to hold a secret.')
      : l10n.t('Not pushed: this text seems to hold {0} secrets.', secrets.length),
    { modal: true, detail: lines.join('\n') },
    show,
    pushAnyway,
  );
  if (chosen === show) await revealLine(frozen, first.textLine);
  if (chosen !== pushAnyway) return undefined;
  return readReason(
    l10n.t('Push a text with a secret'),
    l10n.t('Why may it leave this machine? The reason is kept with the snippet.'),
  );
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
