// "Push Anyway": a text goes in spite of what was found in it, by its author's word and with a reason. Only where the
// setting allows it, only what was shown, and never what doesn't parse.

import { commands, l10n, workspace } from 'vscode';
import type { FrozenPush } from '../gate/frozen.ts';
import { show } from '../messages.ts';
import type { PendingPush } from './pending-pushes.ts';
import { canOverride, pendingName } from './pending-words.ts';
import { conclude, type Pushed, pushOnce, type PushParts, withProgress } from '../push/run.ts';
import { showMoving } from '../push/source.ts';
import { placeOfFinding, placeTitle } from '../place.ts';
import { askReason } from '../reason.ts';
import { getOverride } from '../settings.ts';
import { getWaiting, reopenWaiting, showNothingWaits } from './getting.ts';
import { letPass } from './let-pass.ts';

export async function pushAnyway(parts: PushParts, documentUri: string | undefined): Promise<Pushed> {
  const waiting = getWaiting(parts.pending, documentUri);
  if (!waiting) return showNothingWaits(parts.pending, documentUri);
  const override = getOverride(workspace.getConfiguration());
  if (waiting.kind !== 'blocked' || !canOverride(waiting.findings, override)) {
    show(
      'information',
      override === 'never'
        ? l10n.t('The setting pybin.lint.override lets no text go in spite of what was found in it.')
        : l10n.t('What could not be checked, or doesn’t parse, is never pushed.'),
    );
    return { kind: 'canceled' };
  }
  const source = await reopenWaiting(parts.pending, waiting);
  if (!source) return showMoving();
  const reason = await askAnyway(waiting);
  if (reason === undefined) return { kind: 'canceled' };
  const check = async (frozen: FrozenPush, signal: AbortSignal) =>
    letPass(await parts.gate.check(frozen, signal), {
      isSameText: frozen.text === waiting.frozen.text,
      override: getOverride(workspace.getConfiguration()),
      reason,
    });
  const outcome = await withProgress(source, (signal, report) =>
    pushOnce(source, { ...parts, gate: { check }, options: waiting.options }, signal, report),
  );
  await conclude(outcome, source.uri, parts);
  return outcome;
}

function askAnyway(waiting: Extract<PendingPush, { readonly kind: 'blocked' }>): Promise<string | undefined> {
  const { findings, frozen } = waiting;
  return askReason({
    message: l10n.t('Push {0} in spite of what was found in it?', pendingName(waiting, l10n.t)),
    lines: findings.map(
      (finding) => `${placeTitle(placeOfFinding(frozen, finding), l10n.t)}: ${finding.message}`,
    ),
    look: {
      title: l10n.t('Show Problems'),
      run: () => commands.executeCommand('pybin.showProblems', frozen.uri.toString()),
    },
    title: l10n.t('Push in spite of problems'),
    prompt: l10n.t('Why may it go as it is? The reason is kept with the snippet.'),
  });
}
