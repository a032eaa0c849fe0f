// The door for an editor that was approved: `POST /v1/sign-in/code` with `{"code", "codeVerifier"}` →
// `{"userId", "key"}`. A code is good once: one that is shown with a wrong verifier is good for nothing any more.

import { limits } from '../../shared/limits.ts';
import { isVerifierOf } from '../identity/connect/code-challenge.ts';
import { makeDeviceKey } from '../identity/device-key.ts';
import { takeFlow } from '../identity/flow/flows.ts';
import { invalidField, readFields } from '../intake/json.ts';

export async function giveEditorKey(request: Request, env: Env): Promise<Response> {
  const { code, codeVerifier } = await readFields(request, limits.connect.messageBytes, [
    'code',
    'codeVerifier',
  ]);
  if (typeof code !== 'string') throw invalidField('code', 'Show the code that the browser gave.');
  if (typeof codeVerifier !== 'string')
    throw invalidField('codeVerifier', 'Show the verifier that the challenge was made of (RFC 7636).');
  const flow = await takeFlow(env, code, 'editor');
  if (!flow || !isVerifierOf(flow.codeChallenge, codeVerifier))
    throw invalidField('code', 'This code was used, or its two minutes are over. Sign in again.');
  const answer = await makeDeviceKey({ env, origin: new URL(request.url).origin }, flow);
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
}
