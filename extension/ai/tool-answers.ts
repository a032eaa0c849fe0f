// What a language model hears of a push that it asked for: enough to go on, and no secret. Pure.

import type { FrozenPush } from '../gate/frozen.ts';
import type { Outcome } from '../push/push-flow.ts';
import type { Why } from '../queue/deliver.ts';

/** The model reads English, whatever the editor's language is. */
export function pushAnswer(outcome: Outcome<FrozenPush>): string {
  switch (outcome.kind) {
    case 'pushed':
      return `Pushed. It can be read at ${outcome.snippet.address}`;
    case 'queued':
      return `Kept on this machine, to be sent once. ${whyKept(outcome.why)} Don’t push it again.`;
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

function whyKept(why: Why): string {
  switch (why) {
    case 'signedOut':
      return whyNobody(false);
    case 'accountUnchosen':
      return whyNobody(true);
    case 'unchosen':
      return 'The person has not said yet who may read it, and is asked by “pybin: Send What Waits Now”.';
    default:
      return `The edge doesn’t take it now: ${why.detail}`;
  }
}

/** Whose stack it would be, nobody has said. @param canChoose whether there are accounts to choose among */
export function whyNobody(canChoose: boolean): string {
  return canChoose
    ? 'Nobody’s stack is chosen. The person chooses by “pybin: Switch Account”.'
    : 'Nobody is signed in to pybin. The person signs in by “pybin: Sign In”.';
}
