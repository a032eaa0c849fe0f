// What a language model hears of a push that it asked for: enough to go on, and no secret. Pure.

import type { FrozenPush } from '../gate/frozen.ts';
import type { Outcome } from '../push/push-flow.ts';

/** The model reads English, whatever the editor's language is. */
export function pushAnswer(outcome: Outcome<FrozenPush>): string {
  switch (outcome.kind) {
    case 'pushed':
      return `Pushed. It can be read at ${outcome.snippet.address}`;
    case 'queued':
      return 'Kept on this machine: the edge can’t be reached now. It is sent once when that is back. Don’t push it again.';
    case 'queueFull':
      return 'Not pushed: too many pushes wait already to be sent.';
    case 'blocked':
      return [
        'Not pushed: correct these problems first, then push the corrected text.',
        ...outcome.findings.map(
          ({ range, tool, code, message }) => `Line ${range.start.line + 1}: ${message} (${tool} ${code})`,
        ),
      ].join('\n');
    case 'unchecked':
      return `Not pushed: the text could not be checked. ${outcome.reason}`;
    case 'secretKept':
      return [
        'Not pushed: the text holds what looks like a secret, and the person did not let it go. Take it out.',
        ...outcome.secrets.map(({ what, place }) => `Line ${place.line}: ${what}`),
      ].join('\n');
    case 'refused':
      return `Not pushed: ${outcome.problem.detail}`;
    case 'nothing':
      return 'Not pushed: there is no text.';
    case 'moving':
    case 'canceled':
      return 'Not pushed: it was given up.';
    default:
      return outcome satisfies never;
  }
}
