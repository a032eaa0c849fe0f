// The methods of pybin.v1.SnippetService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type {
  CreateSnippetRequest,
  CreateSnippetResponseSchema,
  DeleteSnippetRequest,
  DeleteSnippetResponseSchema,
  GetLatestSnippetResponseSchema,
  GetSnippetRequest,
  GetSnippetResponseSchema,
  ListSnippetsResponseSchema,
  SnippetSchema,
} from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { getVisibility, toVisibilityMessage } from '../../shared/message.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import { checkText, type DraftDetails } from '../../shared/snippet.ts';
import { addressOf, type Caller, linkIdOf, requireCredential } from '../identity/caller.ts';
import type { Credential } from '../identity/key.ts';
import { requireSeal } from '../identity/seal.ts';
import { readBodyText } from '../stack/body.ts';
import { packDraft } from '../stack/draft.ts';
import { readProof } from '../stack/proof.ts';
import { nothingHere, type WholeAnswer } from '../stack/read.ts';
import type { SnippetFacts } from '../stack/snippets.ts';
import { callAs } from '../stack/stub.ts';

const encoder = new TextEncoder();

export async function createSnippet(
  request: CreateSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof CreateSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  const refusal = checkText('text', request.text);
  if (refusal) throw new ProblemError(refusal.problem);
  const draft = requireOk(packDraft(encoder.encode(request.text), toDetails(request), request.requestId));
  const pushed = await callAs(caller.env, credential, (owner) => owner.push(draft));
  return { snippet: toSnippet(caller, credential, pushed.userId, pushed) };
}

export async function getLatestSnippet(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof GetLatestSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  return {
    snippet: toWhole(
      caller,
      credential,
      await callAs(caller.env, credential, (owner) => owner.get({ kind: 'latest' })),
    ),
  };
}

export async function getSnippet(
  request: GetSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof GetSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  const number = requireOwnNumber(request.id, credential, caller.env);
  return {
    snippet: toWhole(
      caller,
      credential,
      await callAs(caller.env, credential, (owner) => owner.get({ kind: 'number', number })),
    ),
  };
}

export async function listSnippets(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof ListSnippetsResponseSchema>> {
  const credential = requireCredential(caller);
  const { userId, rows } = await callAs(caller.env, credential, (owner) => owner.list());
  return { snippets: rows.map((row) => toSnippet(caller, credential, userId, row)) };
}

export async function deleteSnippet(
  request: DeleteSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof DeleteSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  const number = requireOwnNumber(request.id, credential, caller.env);
  await callAs(caller.env, credential, (owner) => owner.delete(number));
  return {};
}

/** A lifetime of 0 is how the contract says "the default". */
function toDetails(request: CreateSnippetRequest): DraftDetails {
  return {
    description: request.description,
    language: request.language,
    visibility: getVisibility(request.visibility),
    ttlSeconds: request.ttlSeconds || limits.ttlSeconds.default,
    findings: request.findings.map(({ tool, code, message, line, column }) => ({
      tool,
      code,
      message,
      line,
      column,
    })),
    needs: request.needs,
    fileName: request.origin?.fileName ?? '',
  };
}

/** A made-up id and another's id look the same: nothing here. */
function requireOwnNumber(id: string, credential: Credential, env: Env): number {
  const place = requireSeal(env.INSTANCE_SECRETS, 'link').getPlace(id);
  if (place?.routingHash === credential.routingHash) return place.number;
  throw new ProblemError(nothingHere().problem);
}

function toWhole(
  caller: Caller,
  credential: Credential,
  answer: WholeAnswer,
): MessageInitShape<typeof SnippetSchema> {
  return {
    ...toSnippet(caller, credential, answer.userId, answer.facts),
    text: readBodyText(answer.text),
    ...(answer.description && { description: readBodyText(answer.description) }),
  };
}

function toSnippet(
  caller: Caller,
  { routingHash }: Credential,
  userId: string,
  facts: SnippetFacts,
): MessageInitShape<typeof SnippetSchema> {
  const { findings, needs } = readProof(facts.proof);
  return {
    id: linkIdOf(caller.env, routingHash, facts.number),
    number: facts.number,
    address: addressOf(caller, { routingHash, userId }, facts),
    description: facts.summary,
    language: facts.language,
    visibility: toVisibilityMessage(facts.visibility),
    createTime: timestampFromMs(facts.createdAtMs),
    expireTime: timestampFromMs(facts.expiresAtMs),
    sizeBytes: facts.textBytes,
    sha256: facts.sha256,
    findings: findings.map((finding) => ({ ...finding })),
    firstLine: facts.firstLine,
    needs: [...needs],
    origin: { fileName: facts.fileName },
  };
}
