// What a tool answers: texts and facts of the contract, in words that the tools take again.

import {
  create,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type MessageInitShape,
  toJson,
} from '@bufbuild/protobuf';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { ProblemError } from '../../shared/problem.ts';
import { visibilities } from '../../shared/snippet.ts';

/** What a tool answers; what the edge refuses, the model hears in words. */
export async function answered(tool: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await tool();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { isError: true, content: [{ type: 'text', text: error.problem.detail }] };
  }
}

/** A snippet's text, and what is known of it besides. */
export interface Pulled {
  readonly text: string;
  readonly facts: JsonObject;
}

export function toTextResult({ text, facts }: Pulled): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent: facts };
}

/** @param list the name of the list, which is there also where it is empty */
export function toListResult<Schema extends DescMessage>(
  list: string,
  schema: Schema,
  answer: MessageInitShape<Schema>,
): CallToolResult {
  const facts = { [list]: [], ...toFacts(schema, answer) };
  return { content: [{ type: 'text', text: JSON.stringify(facts) }], structuredContent: facts };
}

/** The contract's message as JSON, as REST has it, without what is empty; a visibility in the word that a push takes. */
export function toFacts<Schema extends DescMessage>(
  schema: Schema,
  init: MessageInitShape<Schema>,
): JsonObject {
  const json = inOwnWords(toJson(schema, create(schema, init)));
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('a message is no object');
  return json;
}

function inOwnWords(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(inOwnWords);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      name === 'visibility' && typeof value === 'string' ? visibilityWord(value) : inOwnWords(value),
    ]),
  );
}

function visibilityWord(name: string): string {
  return visibilities.find((word) => name === `VISIBILITY_${word.toUpperCase()}`) ?? name;
}
