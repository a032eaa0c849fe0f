// The contract's methods on one page: each with what runs it and with its address as REST (the transcoding table).

import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { AccountService, SnippetService } from '../../shared/gen/pybin_pb.js';
import type { Caller } from '../identity/caller.ts';
import { getAccount } from './account-service.ts';
import {
  createSnippet,
  deleteSnippet,
  getLatestSnippet,
  getSnippet,
  listSnippets,
} from './snippet-service.ts';

/** Where a method is found under /v1, in the manner of google.api.http. */
export interface RestBinding {
  readonly verb: 'GET' | 'POST' | 'DELETE';
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
  const { createSnippet: create, listSnippets: list, getLatestSnippet: latest } = SnippetService.method;
  const { getSnippet: get, deleteSnippet: remove } = SnippetService.method;
  use({ description: create, run: createSnippet, rest: post('/v1/snippets', 'snippet') });
  use({ description: list, run: listSnippets, rest: read('/v1/snippets', null) });
  // Before the id: "latest" is no id.
  use({ description: latest, run: getLatestSnippet, rest: read('/v1/snippets/latest', 'snippet') });
  use({ description: get, run: getSnippet, rest: read('/v1/snippets/:id', 'snippet') });
  use({
    description: remove,
    run: deleteSnippet,
    rest: { ...read('/v1/snippets/:id', null), verb: 'DELETE' },
  });
  use({
    description: AccountService.method.getAccount,
    run: getAccount,
    rest: read('/v1/account', 'account'),
  });
}

function post(path: string, answerField: string): RestBinding {
  return { verb: 'POST', path, hasBody: true, answerField, status: 201 };
}

function read(path: string, answerField: string | null): RestBinding {
  return { verb: 'GET', path, hasBody: false, answerField, status: 200 };
}
