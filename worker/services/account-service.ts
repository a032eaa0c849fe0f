// The methods of pybin.v1.AccountService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type {
  AccountSchema,
  DeleteAccountRequest,
  DeleteAccountResponseSchema,
  GetAccountResponseSchema,
  ListReadCountsResponseSchema,
  UpdateAccountRequest,
  UpdateAccountResponseSchema,
} from '../../shared/gen/pybin_pb.js';
import { toVisibilityMessage } from '../../shared/message.ts';
import { ProblemError } from '../../shared/problem.ts';
import { checkTtl } from '../../shared/snippet.ts';
import { type Caller, requireCredential } from '../identity/caller.ts';
import type { Account } from '../stack/account.ts';
import { callAs } from '../stack/stub.ts';
import { readVisibility } from './visibility.ts';

export async function getAccount(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof GetAccountResponseSchema>> {
  const account = await callAs(caller.env, requireCredential(caller), (owner) => owner.account());
  return { account: toAccount(account) };
}

export async function updateAccount(
  request: UpdateAccountRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof UpdateAccountResponseSchema>> {
  const change = {
    defaultVisibility: readVisibility('defaultVisibility', request.defaultVisibility),
    defaultTtlSeconds: readTtl(request.defaultTtlSeconds),
    isArchived: request.archiveEnabled,
  };
  const account = await callAs(caller.env, requireCredential(caller), (owner) => owner.updateAccount(change));
  return { account: toAccount(account) };
}

export async function deleteAccount(
  request: DeleteAccountRequest,
  caller: Caller,
): Promise<MessageInitShape<typeof DeleteAccountResponseSchema>> {
  const { isArchivePending, erasedAtMs, ...removed } = await callAs(
    caller.env,
    requireCredential(caller),
    (owner) => owner.erase(request.userId),
  );
  return { ...removed, archivePending: isArchivePending, deleteTime: timestampFromMs(erasedAtMs) };
}

export async function listReadCounts(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof ListReadCountsResponseSchema>> {
  const readCounts = await callAs(caller.env, requireCredential(caller), (owner) => owner.readCounts());
  return { readCounts };
}

/** 0 is how the contract says "as it is". @throws {ProblemError} `invalid_argument` for what can't be a lifetime */
function readTtl(ttlSeconds: number): number | undefined {
  if (ttlSeconds === 0) return undefined;
  const refusal = checkTtl(ttlSeconds, 'defaultTtlSeconds');
  if (refusal) throw new ProblemError(refusal.problem);
  return ttlSeconds;
}

function toAccount({
  userId,
  defaultVisibility,
  defaultTtlSeconds,
  isArchived,
}: Account): MessageInitShape<typeof AccountSchema> {
  return {
    userId,
    defaultVisibility: toVisibilityMessage(defaultVisibility),
    defaultTtlSeconds,
    archiveEnabled: isArchived,
  };
}
