// The operator's door: `POST /operator/takedown` deletes a snippet and its record, whoever's they are, for whoever
// shows the instance's OPERATOR_TOKEN.

import { isLinkId } from '../../shared/address.ts';
import { limits } from '../../shared/limits.ts';
import { type ProblemError, requireOk } from '../../shared/problem.ts';
import { requireToken } from '../identity/operator-token.ts';
import { requireLinkTarget, requireNamedTarget, type Target } from '../identity/place.ts';
import { invalidField, readFields } from '../intake/json.ts';
import { stackOf } from '../stack/stub.ts';

/** `{"address", "reason"?}` → what was taken down. 404 where the address points to nothing. */
export async function takeDown(request: Request, env: Env): Promise<Response> {
  requireToken(request, env.OPERATOR_TOKEN);
  const { address, reason } = await readTakedown(request);
  const { routingHash, which } = requireTarget(address, env);
  if (which.kind === 'latest') throw unnamed();
  const { isArchivePending, takenDownAtMs, ...taken } = requireOk(
    await stackOf(env, routingHash).takeDown(which, reason),
  );
  const takedownTime = new Date(takenDownAtMs).toISOString();
  return Response.json(
    { ...taken, archivePending: isArchivePending, takedownTime },
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** `/~user/12`, `/~user/notes`, `/s/{id}`, each also as a whole address or under /raw, or a link's bare id. */
function requireTarget(address: string, env: Env): Target {
  if (isLinkId(address)) return requireLinkTarget(address, env);
  const path = pathOf(address);
  const id = /^\/s\/([^/]+)$/.exec(path)?.[1];
  if (id !== undefined) return requireLinkTarget(id, env);
  const [, user, name] = /^\/~([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (user !== undefined && name !== undefined) return requireNamedTarget(user, name);
  throw unnamed();
}

/** What is newest on a stack may be another one by the time that it is taken down. */
function unnamed(): ProblemError {
  return invalidField('address', 'Name one snippet: /~user/12, /~user/notes, /s/{id}, or a link’s id.');
}

function pathOf(address: string): string {
  const path = address.replace(/^https?:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
  return path
    .replace(/%7e/gi, '~')
    .replace(/^\/raw\//, '/')
    .replace(/\/+$/, '');
}

async function readTakedown(request: Request): Promise<{ address: string; reason: string }> {
  const { messageBytes, reasonCharacters } = limits.takedown;
  const { address, reason = '' } = await readFields(request, messageBytes, ['address', 'reason']);
  if (typeof address !== 'string') throw invalidField('address', 'Say what to take down.');
  if (typeof reason !== 'string' || reason.length > reasonCharacters)
    throw invalidField('reason', `A reason has at most ${reasonCharacters} characters.`);
  return { address, reason };
}
