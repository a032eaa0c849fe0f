// The typed client of the contract, for the extension, the pages and the tests.
// Every failure comes out as a ProblemError with a code of the one table: nobody parses messages.

import { create } from '@bufbuild/protobuf';
import { type CallOptions, Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import {
  type Account as AccountMessage,
  AccountService,
  type CreateSnippetRequest,
  CreateSnippetRequestSchema,
  type HistoryEntry,
  HistoryService,
  type Key,
  KeyService,
  LiveService,
  ProblemSchema,
  type Snippet,
  SnippetService,
} from './gen/pybin_pb.js';
import { limits } from './limits.ts';
import { getProblem, toVisibilityMessage } from './message.ts';
import { type Problem, ProblemError } from './problem.ts';
import type { DraftDetails, Visibility } from './snippet.ts';
import { getVisibility } from './visibility.ts';

export type { HistoryEntry, Key, Snippet };

/** A replacement: what is absent stays as it is. */
export interface Update {
  readonly id: string;
  /** A new text is said nothing of: what the old one was found clean by, and where it came from, goes with that. */
  readonly text?: string;
  readonly description?: string;
  readonly language?: string;
  readonly visibility?: Visibility;
  /** A new lifetime, counted from now. */
  readonly ttlSeconds?: number;
  /** Empty takes it away. */
  readonly alias?: string;
  /** Rejects with `stale` where the snippet's revision is another by now. */
  readonly revision?: number;
  readonly requestId: string;
}

/** A push: the text, what is said of it, and the id that makes a retry harmless. */
export interface Push extends DraftDetails {
  readonly text: string;
  /** A fresh UUID per push; the same one when the same push is tried again. */
  readonly requestId: string;
}

export interface Pop {
  /** The number that is meant: rejects with `stale` where another one is on top by now. Absent: whichever is. */
  readonly number?: number;
  readonly requestId: string;
}

export interface Account {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
  /** The lifetime of a push that says nothing of it. */
  readonly defaultTtlSeconds: number;
}

/** What is looked for in the history; what is absent doesn't matter. */
export interface HistoryQuery {
  /** Words of the description, the file's name or the text. */
  readonly query?: string;
  readonly language?: string;
  /** Of the page before; absent for the newest. */
  readonly pageToken?: string;
}

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Empty where this was the last page. */
  readonly nextPageToken: string;
}

/** The methods of the contract in the words of the design. Each rejects with {@link ProblemError} only. */
export interface Client {
  /** Whose key it is. */
  account(signal?: AbortSignal): Promise<Account>;
  /** From now on this is what a push gets that says nothing of its visibility. */
  setDefaultVisibility(visibility: Visibility, signal?: AbortSignal): Promise<Account>;
  /** Puts a text on top of the stack. Resolved means stored. The answer has no text. */
  push(push: Push, signal?: AbortSignal): Promise<Snippet>;
  /** The newest snippet with its text; rejects with `not_found` where the stack is empty. */
  latest(signal?: AbortSignal): Promise<Snippet>;
  get(id: string, signal?: AbortSignal): Promise<Snippet>;
  /** The stack, newest first, without texts. */
  list(signal?: AbortSignal): Promise<Snippet[]>;
  /** Replaces what is given. The answer has no text. */
  update(update: Update, signal?: AbortSignal): Promise<Snippet>;
  /** Takes the newest off the stack and gives it with its text. A retry with the same request id gives it again. */
  pop(pop: Pop, signal?: AbortSignal): Promise<Snippet>;
  delete(id: string, signal?: AbortSignal): Promise<void>;
  /** What was pushed within the last year, by pages, without texts. */
  history(query: HistoryQuery, signal?: AbortSignal): Promise<HistoryPage>;
  /** The text of a record; rejects with `lost` where the archive has it no more. */
  historyText(id: string, signal?: AbortSignal): Promise<string>;
  /** Pushes a record's text anew, on top of the stack. The answer has no text. */
  restore(id: string, requestId: string, signal?: AbortSignal): Promise<Snippet>;
  /** Deletes a record for good. What lies on the stack stays there. */
  deleteHistory(id: string, signal?: AbortSignal): Promise<void>;
  /** The account's keys, newest first, without their secrets. */
  listKeys(signal?: AbortSignal): Promise<Key[]>;
  /** Revokes a key: its next use is refused. It may be this client's own. */
  deleteKey(number: number, signal?: AbortSignal): Promise<void>;
  /** Revokes the very key that this client shows: its next use is refused. */
  revoke(signal?: AbortSignal): Promise<void>;
  /** What opens the live socket, `/v1/live?ticket=…`, once and soon. */
  liveTicket(signal?: AbortSignal): Promise<string>;
}

export interface ClientOptions {
  /** The instance, such as `https://pybin.example`. */
  readonly endpoint: string;
  /** The owner's key, `pyb_…`. */
  readonly key: string;
  /** The fetch to use where it isn't the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A client of one instance for one key. */
export function connect(options: ClientOptions): Client {
  const transport = createConnectTransport({
    baseUrl: options.endpoint,
    useBinaryFormat: true,
    ...(options.fetch && { fetch: options.fetch }),
  });
  const service = createClient(SnippetService, transport);
  const accounts = createClient(AccountService, transport);
  const history = createClient(HistoryService, transport);
  const keys = createClient(KeyService, transport);
  const live = createClient(LiveService, transport);
  const call = (signal: AbortSignal | undefined): CallOptions => ({
    headers: { authorization: `Bearer ${options.key}` },
    ...(signal && { signal }),
  });

  return {
    account: (signal) =>
      answered(async () => requireAccount((await accounts.getAccount({}, call(signal))).account)),
    setDefaultVisibility: (visibility, signal) =>
      answered(async () => {
        const request = { defaultVisibility: toVisibilityMessage(visibility) };
        return requireAccount((await accounts.updateAccount(request, call(signal))).account);
      }),
    push: (push, signal) =>
      answered(async () => required((await service.createSnippet(toRequest(push), call(signal))).snippet)),
    latest: (signal) =>
      answered(async () => required((await service.getLatestSnippet({}, call(signal))).snippet)),
    get: (id, signal) =>
      answered(async () => required((await service.getSnippet({ id }, call(signal))).snippet)),
    list: (signal) => answered(async () => (await service.listSnippets({}, call(signal))).snippets),
    update: ({ visibility, ...update }, signal) =>
      answered(async () => {
        const request = { ...update, visibility: toVisibilityMessage(visibility) };
        return required((await service.updateSnippet(request, call(signal))).snippet);
      }),
    pop: (pop, signal) =>
      answered(async () => required((await service.popSnippet(pop, call(signal))).snippet)),
    delete: (id, signal) =>
      answered(async () => {
        await service.deleteSnippet({ id }, call(signal));
      }),
    history: (query, signal) =>
      answered(async () => {
        const { entries, nextPageToken } = await history.listHistory(query, call(signal));
        return { entries, nextPageToken };
      }),
    historyText: (id, signal) =>
      answered(async () => (await history.getHistorySnippet({ id }, call(signal))).text),
    restore: (id, requestId, signal) =>
      answered(async () =>
        required((await history.restoreHistorySnippet({ id, requestId }, call(signal))).snippet),
      ),
    deleteHistory: (id, signal) =>
      answered(async () => {
        await history.deleteHistorySnippet({ id }, call(signal));
      }),
    listKeys: (signal) => answered(async () => (await keys.listKeys({}, call(signal))).keys),
    revoke: (signal) =>
      answered(async () => {
        await keys.revokeKey({ keyText: options.key }, call(signal));
      }),
    deleteKey: (number, signal) =>
      answered(async () => {
        await keys.deleteKey({ number }, call(signal));
      }),
    liveTicket: (signal) => answered(async () => (await live.createLiveTicket({}, call(signal))).ticket),
  };
}

function toRequest(push: Push): CreateSnippetRequest {
  return create(CreateSnippetRequestSchema, {
    text: push.text,
    description: push.description,
    language: push.language,
    visibility: toVisibilityMessage(push.visibility),
    ttlSeconds: push.ttlSeconds ?? 0,
    findings: push.findings.map((finding) => ({ ...finding })),
    origin: { ...push.origin, fileName: push.fileName },
    ...(push.proof && { proof: { ...push.proof } }),
    requestId: push.requestId,
    needs: [...push.needs],
    alias: push.alias,
    burnReads: push.burnReads,
  });
}

function requireAccount(account: AccountMessage | undefined): Account {
  const defaultVisibility = account && getVisibility(account.defaultVisibility);
  if (!defaultVisibility) throw new ConnectError('the answer has no account', Code.Internal);
  return { userId: account.userId, defaultVisibility, defaultTtlSeconds: account.defaultTtlSeconds };
}

function required(snippet: Snippet | undefined): Snippet {
  if (!snippet) throw new ConnectError('the answer has no snippet', Code.Internal);
  return snippet;
}

async function answered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw new ProblemError(toProblem(error), { cause: error });
  }
}

/** What a failed call means in words of the table. Whatever isn't an answer of pybin means: not reached. */
function toProblem(error: unknown): Problem {
  const connectError = ConnectError.from(error);
  const [message] = connectError.findDetails(ProblemSchema);
  const problem = message && getProblem(message);
  if (problem) return problem;
  if (connectError.code === Code.Canceled) return { code: 'canceled', detail: 'The call was given up.' };
  // The transport itself refuses a message over its limit, before any method could say so.
  if (connectError.code === Code.ResourceExhausted)
    return {
      code: 'too_large',
      detail: `A push has at most ${limits.textBytes} bytes.`,
      limit: limits.textBytes,
    };
  return {
    code: 'unavailable',
    detail: 'The edge did not answer as pybin does. Is the endpoint right, and is it running?',
  };
}
