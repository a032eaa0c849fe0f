// Which snippet a model pulls: the newest, or one by its number or id, on the stack or in the history.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  GetHistorySnippetRequestSchema,
  GetSnippetRequestSchema,
  HistoryEntrySchema,
  SnippetSchema,
} from '../../shared/gen/pybin_pb.js';
import { ProblemError } from '../../shared/problem.ts';
import { type Caller, requireCredential } from '../identity/caller.ts';
import { linkIdOf } from '../ids/addresses.ts';
import { getHistorySnippet } from '../services/history-service.ts';
import { getLatestSnippet, getSnippet } from '../services/snippet-service.ts';
import { type Pulled, toFacts } from './results.ts';

/** Which snippet is asked for; the newest where neither is said. */
export interface Asked {
  readonly number?: number | undefined;
  readonly id?: string | undefined;
}

/** @throws {ProblemError} `not_found` */
export async function pull(asked: Asked, caller: Caller): Promise<Pulled> {
  const id = asked.number === undefined ? asked.id : ownId(asked.number, caller);
  return id === undefined ? pullLatest(caller) : pullById(id, caller);
}

async function pullLatest(caller: Caller): Promise<Pulled> {
  try {
    return toPulled((await getLatestSnippet(undefined, caller)).snippet);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const detail = 'The stack is empty. What was on it is in the history: see search_history.';
    throw new ProblemError({ code: 'not_found', detail });
  }
}

async function pullById(id: string, caller: Caller): Promise<Pulled> {
  try {
    const { snippet } = await getSnippet(create(GetSnippetRequestSchema, { id }), caller);
    return toPulled(snippet);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const request = create(GetHistorySnippetRequestSchema, { id });
    const { text, description, entry } = await getHistorySnippet(request, caller);
    const facts = toFacts(HistoryEntrySchema, { ...entry, description: description ?? '' });
    return { text: text ?? '', facts };
  }
}

function ownId(number: number, caller: Caller): string {
  const { routingHash } = requireCredential(caller);
  return linkIdOf({ instanceSecrets: caller.env.INSTANCE_SECRETS, routingHash }, number);
}

function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'not_found';
}

function toPulled(snippet: MessageInitShape<typeof SnippetSchema> | undefined): Pulled {
  const pulled = create(SnippetSchema, snippet);
  const { text } = pulled;
  pulled.text = '';
  return { text, facts: toFacts(SnippetSchema, pulled) };
}
