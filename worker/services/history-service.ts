// The methods of pybin.v1.HistoryService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { getNumber } from '../../shared/address.ts';
import type {
  DeleteHistorySnippetRequest,
  DeleteHistorySnippetResponseSchema,
  GetHistorySnippetRequest,
  GetHistorySnippetResponseSchema,
  HistoryEntrySchema,
  ListHistoryRequest,
  ListHistoryResponseSchema,
  RestoreHistorySnippetRequest,
  RestoreHistorySnippetResponseSchema,
} from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { toVisibilityMessage } from '../../shared/message.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Caller, homeOf, requireCredential } from '../identity/caller.ts';
import { requireOwn } from '../identity/place.ts';
import { linkIdOf } from '../ids/addresses.ts';
import type { HistoryEntry, HistoryQuery } from '../stack/history.ts';
import { toSnippet } from '../stack/message.ts';
import { readProvenance } from '../stack/proof.ts';
import { callAs } from '../stack/stub.ts';
import { requireRequestId } from '../intake/request-id.ts';

export async function listHistory(
  request: ListHistoryRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof ListHistoryResponseSchema>> {
  const credential = requireCredential(caller);
  const pageSize = requirePageSize(request.pageSize);
  // One more than asked for tells whether there is another page.
  const query = { ...toQuery(request), limit: pageSize + 1 };
  const found = await callAs(caller.env, credential, (owner) => owner.history(query));
  const page = found.slice(0, pageSize);
  const last = found.length > pageSize ? page.at(-1) : undefined;
  return {
    entries: page.map((entry) => toEntry(caller, credential.routingHash, entry)),
    nextPageToken: last ? String(last.number) : '',
  };
}

export async function getHistorySnippet(
  request: GetHistorySnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof GetHistorySnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  const record = await callAs(caller.env, credential, (owner) => owner.record(number));
  return {
    entry: toEntry(caller, credential.routingHash, record.entry),
    text: record.text,
    description: record.description,
    findings: record.findings.map((finding) => ({ ...finding })),
    needs: [...record.needs],
  };
}

export async function restoreHistorySnippet(
  request: RestoreHistorySnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof RestoreHistorySnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  const requestId = requireRequestId(request.requestId);
  const { userId, facts } = await callAs(caller.env, credential, (owner) => owner.restore(number, requestId));
  return { snippet: toSnippet(homeOf(caller, credential.routingHash, userId), facts) };
}

export async function deleteHistorySnippet(
  request: DeleteHistorySnippetRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof DeleteHistorySnippetResponseSchema>> {
  const { credential, number } = requireOwn(caller, request.id);
  await callAs(caller.env, credential, (owner) => owner.deleteRecord(number));
  return {};
}

function toQuery({
  pageToken,
  query,
  language,
  startTime,
  endTime,
}: ListHistoryRequest): Omit<HistoryQuery, 'limit'> {
  const { queryCharacters } = limits.history;
  if (query.length > queryCharacters)
    throw invalid('query', `A search has at most ${queryCharacters} characters.`, queryCharacters);
  const beforeNumber = pageToken === '' ? undefined : getNumber(pageToken);
  if (pageToken !== '' && beforeNumber === undefined)
    throw invalid('pageToken', 'This is not the token of a page. Take it from nextPageToken, as it is.');
  return {
    beforeNumber,
    words: query.trim(),
    language,
    startMs: startTime ? timestampMs(startTime) : 0,
    endMs: endTime ? timestampMs(endTime) : Number.MAX_SAFE_INTEGER,
  };
}

function requirePageSize(pageSize: number): number {
  const { default: usual, max } = limits.history.pageSize;
  if (pageSize === 0) return usual;
  if (pageSize < 0 || pageSize > max) throw invalid('pageSize', `A page has 1 to ${max} entries.`, max);
  return pageSize;
}

function toEntry(
  caller: Caller,
  routingHash: string,
  entry: HistoryEntry,
): MessageInitShape<typeof HistoryEntrySchema> {
  const { proof, origin } = readProvenance(entry.provenance);
  return {
    id: linkIdOf({ instanceSecrets: caller.env.INSTANCE_SECRETS, routingHash }, entry.number),
    number: entry.number,
    description: entry.summary,
    language: entry.language,
    origin: { ...origin, fileName: entry.fileName },
    ...(proof && { proof: { ...proof } }),
    firstLine: entry.firstLine,
    visibility: toVisibilityMessage(entry.visibility),
    sizeBytes: entry.textBytes,
    createTime: timestampFromMs(entry.createdAtMs),
    endTime: timestampFromMs(entry.endsAtMs),
    lost: entry.isLost,
  };
}

function invalid(field: string, detail: string, limit?: number): ProblemError {
  return new ProblemError({ code: 'invalid_argument', detail, field, ...(limit !== undefined && { limit }) });
}
