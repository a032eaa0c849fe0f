// The door for pushing with curl: `POST /` and `PUT /{file name}`. The body is taken as it is, whatever its
// type says (`curl --data-binary` calls everything a form); of a multipart form, its first part.

import { limits } from '../../shared/limits.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import { addressOf, callerOf, linkIdOf, requireCredential } from '../identity/caller.ts';
import { readBody, requireUtf8 } from '../read-body.ts';
import { packDraft } from '../stack/draft.ts';
import { callAs } from '../stack/stub.ts';
import { parsePushOptions } from './options.ts';

const encoder = new TextEncoder();

/** 201 with the address in `Location` and, as a line, in the body; JSON where `Accept` asks for it. */
export async function pushText(request: Request, env: Env, pathName = ''): Promise<Response> {
  const caller = callerOf(request, env);
  const credential = requireCredential(caller);
  const options = requireOk(parsePushOptions(new URL(request.url).searchParams, requireFileName(pathName)));
  const text = await readText(request);
  requireUtf8(text);
  // The key for retries: draft-ietf-httpapi-idempotency-key-header.
  const requestId = request.headers.get('idempotency-key') ?? '';
  const draft = requireOk(packDraft(text, options, requestId));
  const pushed = await callAs(env, credential, (owner) => owner.push(draft));

  const address = addressOf(caller, { routingHash: credential.routingHash, userId: pushed.userId }, pushed);
  const headers = { location: address, 'cache-control': 'no-store' };
  if (!request.headers.get('accept')?.includes('application/json'))
    return new Response(`${address}\n`, { status: 201, headers });
  const answer = {
    address,
    number: pushed.number,
    id: linkIdOf(env, credential.routingHash, pushed.number),
    visibility: pushed.visibility,
    sizeBytes: pushed.textBytes,
    sha256: pushed.sha256,
    expireTime: new Date(pushed.expiresAtMs).toISOString(),
  };
  return Response.json(answer, { status: 201, headers });
}

function requireFileName(pathName: string): string {
  try {
    return decodeURIComponent(pathName);
  } catch {
    throw new ProblemError({
      code: 'invalid_argument',
      detail: 'The file name in the address is not valid percent-encoded UTF-8.',
      field: 'fileName',
    });
  }
}

async function readText(request: Request): Promise<Uint8Array> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return readBody(request, 'text', limits.textBytes);
  const bytes = await readBody(request, 'text', limits.textBytes + limits.formBytes);
  const [part] = await formValues(bytes, type);
  if (part === undefined)
    throw new ProblemError({ code: 'invalid_argument', detail: 'The form has no part.' });
  return typeof part === 'string' ? encoder.encode(part) : new Uint8Array(await part.arrayBuffer());
}

async function formValues(bytes: Uint8Array, type: string): Promise<(File | string)[]> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return [...form.values()];
  } catch (error) {
    throw new ProblemError(
      { code: 'invalid_argument', detail: 'The multipart form can’t be read.' },
      { cause: error },
    );
  }
}
