// The methods of pybin.v1.SnippetService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CreateSnippetRequest,
  CreateSnippetResponseSchema,
  DeleteSnippetRequest,
  DeleteSnippetResponseSchema,
  Finding,
  GetLatestSnippetResponseSchema,
  GetSnippetRequest,
  GetSnippetResponseSchema,
  ListSnippetsResponseSchema,
  Origin as OriginMessage,
  PopSnippetRequest,
  PopSnippetResponseSchema,
  Proof as ProofMessage,
  SnippetSchema,
  UpdateSnippetRequest,
  UpdateSnippetResponseSchema,
} from '../../shared/gen/pybin_pb.js';
import type { Proof } from '../../shared/lint/proof.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import type { Origin } from '../../shared/provenance.ts';
import { checkText, checkTextSize, type DraftDetails, type KeptFinding } from '../../shared/snippet.ts';
import { type Caller, homeOf, requireCredential } from '../identity/caller.ts';
import type { Credential } from '../identity/key.ts';
import { requireOwn } from '../identity/place.ts';
import { countPush, countRead, countReplacement } from '../metrics/isolate.ts';
import { type PackedText, packText } from '../stack/text.ts';
import { readBodyText } from '../stack/body.ts';
import { packDraft, packUpdate } from '../stack/draft.ts';
import { toSnippet } from '../stack/message.ts';
import { pushedFacts } from '../stack/push.ts';
import type { WholeAnswer } from '../stack/read.ts';
import type { Which } from '../stack/snippets.ts';
import { callAs, pushAs } from '../stack/stub.ts';
import { requireRequestId } from '../intake/request-id.ts';
import { readVisibility } from './visibility.ts';

const encoder = new TextEncoder();

export async function createSnippet(
  request: CreateSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof CreateSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  const draft = requireOk(packDraft(requireText(request.text), toDetails(request), request));
  const answer = await pushAs(caller.env, credential, draft);
  if (answer.kind === 'placed') countPush('key', draft.sizeBytes);
  const home = homeOf(caller, credential.routingHash, answer.userId);
  return { snippet: toSnippet(home, pushedFacts(draft, answer)), duplicateOf: answer.duplicateOf };
}

export async function getLatestSnippet(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof GetLatestSnippetResponseSchema>> {
  return { snippet: await getWhole(caller, requireCredential(caller), { kind: 'latest' }) };
}

export async function getSnippet(
  request: GetSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof GetSnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  return { snippet: await getWhole(caller, credential, { kind: 'number', number }) };
}

export async function listSnippets(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof ListSnippetsResponseSchema>> {
  const credential = requireCredential(caller);
  const { userId, rows } = await callAs(caller.env, credential, (owner) => owner.list());
  const home = homeOf(caller, credential.routingHash, userId);
  return { snippets: rows.map((row) => toSnippet(home, row, row.readCount)) };
}

export async function updateSnippet(
  request: UpdateSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof UpdateSnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  const { text, description, language, alias, revision, requestId } = request;
  const given = {
    text:
      text === undefined
        ? undefined
        : {
            ...requireText(text),
            fileName: request.origin?.fileName ?? '',
            findings: request.findings.map(toKeptFinding),
            needs: request.needs,
            proof: toProof(request.proof),
            origin: toOrigin(request.origin),
          },
    description,
    language,
    alias,
    visibility: readVisibility('visibility', request.visibility),
    ttlSeconds: request.ttlSeconds || undefined,
  };
  const update = requireOk(
    packUpdate(given, { number, revision: revision || undefined, texts: undefined, requestId }),
  );
  const { userId, readCount, ...facts } = await callAs(caller.env, credential, (owner) =>
    owner.update(update),
  );
  if (given.text) countReplacement(given.text.sizeBytes);
  return { snippet: toSnippet(homeOf(caller, credential.routingHash, userId), facts, readCount) };
}

export async function popSnippet(
  request: PopSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof PopSnippetResponseSchema>> {
  const credential = requireCredential(caller);
  const requestId = requireRequestId(request.requestId);
  const popped = await callAs(caller.env, credential, (owner) => owner.pop(request.number, requestId));
  return { snippet: toWhole(caller, credential, popped) };
}

export async function deleteSnippet(
  request: DeleteSnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof DeleteSnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  const requestId = requireRequestId(request.requestId);
  await callAs(caller.env, credential, (owner) => owner.delete(number, requestId));
  return {};
}

/** @throws {ProblemError} `not_text` where UTF-8 can't say it, `too_large` */
function requireText(text: string): PackedText {
  const utf8 = encoder.encode(text);
  const refusal = checkText('text', text) ?? checkTextSize(utf8.byteLength);
  if (refusal) throw new ProblemError(refusal.problem);
  return packText(utf8);
}

/** A lifetime of 0 is how the contract says "the account's default". */
function toDetails(request: CreateSnippetRequest): DraftDetails {
  return {
    description: request.description,
    language: request.language,
    visibility: readVisibility('visibility', request.visibility),
    ttlSeconds: request.ttlSeconds || undefined,
    findings: request.findings.map(toKeptFinding),
    needs: request.needs,
    fileName: request.origin?.fileName ?? '',
    proof: toProof(request.proof),
    origin: toOrigin(request.origin),
    alias: request.alias,
    burnReads: request.burnReads,
  };
}

function toKeptFinding({ tool, code, message, line, column }: Finding): KeptFinding {
  return { tool, code, message, line, column };
}

function toProof(message: ProofMessage | undefined): Proof | undefined {
  if (!message) return undefined;
  const { linter, linterVersion, configurationSha256, overrideReason } = message;
  return { linter, linterVersion, configurationSha256, overrideReason };
}

function toOrigin(message: OriginMessage | undefined): Origin | undefined {
  if (!message) return undefined;
  const { repository, commit, path, startLine, endLine } = message;
  return { repository, commit, path, startLine, endLine };
}

async function getWhole(
  caller: Caller,
  credential: Credential,
  which: Which,
): Promise<MessageInitShape<typeof SnippetSchema>> {
  const answer = await callAs(caller.env, credential, (owner) => owner.get(which));
  return toWhole(caller, credential, answer);
}

function toWhole(
  caller: Caller,
  { routingHash }: Credential,
  { userId, facts, readCount, text, description }: WholeAnswer,
): MessageInitShape<typeof SnippetSchema> {
  countRead('stored', text.sizeBytes);
  return {
    ...toSnippet(homeOf(caller, routingHash, userId), facts, readCount),
    text: readBodyText(text),
    ...(description && { description: readBodyText(description) }),
  };
}
