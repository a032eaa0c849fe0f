// The methods of pybin.v1.LiveService, free of transport.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { CreateLiveTicketResponseSchema } from '../../shared/gen/pybin_pb.js';
import { type Caller, requireCredential } from '../identity/caller.ts';
import { createKeySecret, writeKey } from '../identity/key.ts';
import { callAs } from '../stack/stub.ts';

export async function createLiveTicket(
  _request: unknown,
  caller: Caller,
): Promise<MessageInitShape<typeof CreateLiveTicketResponseSchema>> {
  const credential = requireCredential(caller);
  const { secret, secretHash } = createKeySecret();
  const endsAtMs = await callAs(caller.env, credential, (owner) => owner.createTicket(secretHash));
  // A ticket is found by its hash alone, so its number says nothing.
  const place = { routingHash: credential.routingHash, number: 0 };
  return {
    ticket: writeKey(caller.env.INSTANCE_SECRETS, 'ticket', place, secret),
    expireTime: timestampFromMs(endsAtMs),
  };
}
