// The methods of pybin.v1.AccountService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { GetAccountResponseSchema } from '../../shared/gen/pybin_pb.js';
import { toVisibilityMessage } from '../../shared/message.ts';
import { type Caller, requireCredential } from '../identity/caller.ts';
import { callAs } from '../stack/stub.ts';

export async function getAccount(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof GetAccountResponseSchema>> {
  const credential = requireCredential(caller);
  const account = await callAs(caller.env, credential, (owner) => owner.account());
  return {
    account: {
      userId: account.userId,
      defaultVisibility: toVisibilityMessage(account.defaultVisibility),
    },
  };
}
