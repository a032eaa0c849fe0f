// The contract's methods on one page: each with what runs it and with its address as REST (the transcoding table).

import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import {
  AccountService,
  HistoryService,
  KeyService,
  LiveService,
  SnippetService,
} from '../../shared/gen/pybin_pb.js';
import type { Caller } from '../identity/caller.ts';
import { deleteAccount, getAccount, listReadCounts, updateAccount } from './account-service.ts';
import {
  deleteHistorySnippet,
  getHistorySnippet,
  listHistory,
  restoreHistorySnippet,
} from './history-service.ts';
import { createKey, deleteKey, listKeys, revokeKey } from './key-service.ts';
import { createLiveTicket } from './live-service.ts';
import {
  createSnippet,
  deleteSnippet,
  getLatestSnippet,
  getSnippet,
  listSnippets,
  popSnippet,
  updateSnippet,
} from './snippet-service.ts';

/** Where a method is found under /v1, in the manner of google.api.http. */
export interface RestBinding {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Its parameters are fields of the request. */
  readonly path: string;
  /** Whether the request's other fields come as a JSON body. */
  readonly hasBody: boolean;
  /** The field of the answer that is the body; null where the whole answer is. */
  readonly answerField: string | null;
  readonly status: 200 | 201;
}

export interface Method<Input extends DescMessage, Output extends DescMessage> {
  readonly description: DescMethodUnary<Input, Output>;
  run(request: MessageShape<Input>, caller: Caller): Promise<MessageInitShape<Output>>;
  readonly rest: RestBinding;
}

/** Calls `use` with each method, its types kept. */
export function forEachMethod(
  use: <Input extends DescMessage, Output extends DescMessage>(method: Method<Input, Output>) => void,
): void {
  const snippets = SnippetService.method;
  const accounts = AccountService.method;
  const history = HistoryService.method;
  const keys = KeyService.method;
  const read = { verb: 'GET', hasBody: false, status: 200 } as const;
  const write = { verb: 'POST', hasBody: true, status: 200 } as const;

  use({
    description: snippets.createSnippet,
    run: createSnippet,
    rest: { ...write, path: '/v1/snippets', answerField: 'snippet', status: 201 },
  });
  use({
    description: snippets.listSnippets,
    run: listSnippets,
    rest: { ...read, path: '/v1/snippets', answerField: null },
  });
  // Before the id: "latest" is no id, and neither is "pop".
  use({
    description: snippets.getLatestSnippet,
    run: getLatestSnippet,
    rest: { ...read, path: '/v1/snippets/latest', answerField: 'snippet' },
  });
  use({
    description: snippets.popSnippet,
    run: popSnippet,
    rest: { ...write, path: '/v1/snippets/pop', answerField: 'snippet' },
  });
  use({
    description: snippets.getSnippet,
    run: getSnippet,
    rest: { ...read, path: '/v1/snippets/:id', answerField: 'snippet' },
  });
  use({
    description: snippets.updateSnippet,
    run: updateSnippet,
    rest: { ...write, verb: 'PUT', path: '/v1/snippets/:id', answerField: 'snippet' },
  });
  use({
    description: snippets.deleteSnippet,
    run: deleteSnippet,
    rest: { ...read, verb: 'DELETE', path: '/v1/snippets/:id', answerField: null },
  });
  use({
    description: accounts.getAccount,
    run: getAccount,
    rest: { ...read, path: '/v1/account', answerField: 'account' },
  });
  use({
    description: accounts.updateAccount,
    run: updateAccount,
    rest: { ...write, verb: 'PATCH', path: '/v1/account', answerField: 'account' },
  });
  use({
    description: accounts.listReadCounts,
    run: listReadCounts,
    rest: { ...read, path: '/v1/account/reads', answerField: null },
  });
  use({
    description: accounts.deleteAccount,
    run: deleteAccount,
    rest: { ...read, verb: 'DELETE', path: '/v1/account', answerField: null },
  });
  use({
    description: history.listHistory,
    run: listHistory,
    rest: { ...read, path: '/v1/history', answerField: null },
  });
  use({
    description: history.getHistorySnippet,
    run: getHistorySnippet,
    rest: { ...read, path: '/v1/history/:id', answerField: null },
  });
  use({
    description: history.restoreHistorySnippet,
    run: restoreHistorySnippet,
    rest: { ...write, path: '/v1/history/:id/restore', answerField: 'snippet', status: 201 },
  });
  use({
    description: history.deleteHistorySnippet,
    run: deleteHistorySnippet,
    rest: { ...read, verb: 'DELETE', path: '/v1/history/:id', answerField: null },
  });
  use({
    description: keys.listKeys,
    run: listKeys,
    rest: { ...read, path: '/v1/keys', answerField: null },
  });
  use({
    description: keys.createKey,
    run: createKey,
    rest: { ...write, path: '/v1/keys', answerField: null, status: 201 },
  });
  use({
    description: keys.deleteKey,
    run: deleteKey,
    rest: { ...read, verb: 'DELETE', path: '/v1/keys/:number', answerField: null },
  });
  use({
    description: keys.revokeKey,
    run: revokeKey,
    rest: { ...write, path: '/v1/keys/revoke', answerField: null },
  });
  use({
    description: LiveService.method.createLiveTicket,
    run: createLiveTicket,
    rest: { ...write, path: '/v1/live/tickets', answerField: null, status: 201 },
  });
}
