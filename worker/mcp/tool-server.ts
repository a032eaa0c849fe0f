// The tools of a language model on its person's stack: push, pull, list and search. Each is a method of the
// contract (worker/services), with its words for a model.

import { create, type DescMessage, type JsonObject, type MessageInitShape, toJson } from '@bufbuild/protobuf';
import { type CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import {
  CreateSnippetRequestSchema,
  GetHistorySnippetRequestSchema,
  GetSnippetRequestSchema,
  ListHistoryRequestSchema,
  ListHistoryResponseSchema,
  ListSnippetsResponseSchema,
  SnippetSchema,
} from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { toVisibilityMessage } from '../../shared/message.ts';
import { ProblemError } from '../../shared/problem.ts';
import { visibilities } from '../../shared/snippet.ts';
import type { Caller } from '../identity/caller.ts';
import { getHistorySnippet, listHistory } from '../services/history-service.ts';
import { createSnippet, getLatestSnippet, getSnippet, listSnippets } from '../services/snippet-service.ts';

const reads = { readOnlyHint: true, openWorldHint: false } as const;
const id = z.string().describe('The id of a snippet, as list_snippets or search_history gives it.');
const language = z.string().describe('A language id as editors name it, such as "python".');

/** A server for one request. */
export function createToolServer(caller: Caller): McpServer {
  const server = new McpServer({ name: 'pybin', title: 'pybin', version: packageJson.version });
  server.registerTool(
    'push_snippet',
    {
      title: 'Push a snippet',
      description:
        'Puts code on top of the person’s stack, where their other devices find it, and gives its address. ' +
        'The newest 20 stay until their lifetime ends. Nothing is linted here.',
      inputSchema: z.object({
        text: z.string().describe('The code, exactly as it shall come back.'),
        description: z.string().optional().describe('What it is, in a sentence.'),
        language: language.optional(),
        visibility: z
          .enum(visibilities)
          .optional()
          .describe(
            'Who may read it: everybody, whoever has its link, or nobody else. Unless given, as the person chose.',
          ),
        ttlSeconds: z
          .number()
          .int()
          .optional()
          .describe(
            `Its lifetime, ${limits.ttlSeconds.min} to ${limits.ttlSeconds.max}. Unless given, as the person chose.`,
          ),
        requestId: z.string().optional().describe('A UUID: the same one again makes no second snippet.'),
      }),
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    (asked) =>
      answered(async () => {
        const request = create(CreateSnippetRequestSchema, {
          text: asked.text,
          description: asked.description ?? '',
          language: asked.language ?? '',
          visibility: toVisibilityMessage(asked.visibility),
          ttlSeconds: asked.ttlSeconds ?? 0,
          requestId: asked.requestId ?? '',
        });
        const { snippet } = await createSnippet(request, caller);
        const pushed = create(SnippetSchema, snippet);
        return {
          content: [{ type: 'text', text: pushed.address }],
          structuredContent: toFacts(SnippetSchema, pushed),
        };
      }),
  );

  server.registerTool(
    'pull_snippet',
    {
      title: 'Pull a snippet',
      description:
        'Reads a snippet with its text: the newest of the person’s stack, or the one with this id, also from the ' +
        'history of the last year. Reading never removes it.',
      inputSchema: z.object({ id: id.optional() }),
      annotations: reads,
    },
    (asked) => answered(async () => toTextResult(await pull(asked.id, caller))),
  );

  server.registerTool(
    'list_snippets',
    {
      title: 'List the stack',
      description: 'What is on the person’s stack, newest first, without texts.',
      inputSchema: z.object({}),
      annotations: reads,
    },
    () =>
      answered(async () => toListResult(ListSnippetsResponseSchema, await listSnippets(undefined, caller))),
  );

  server.registerTool(
    'search_history',
    {
      title: 'Search the history',
      description:
        'Searches what the person pushed within the last year, newest first, without texts: by words of the ' +
        'description, the file’s name or the text.',
      inputSchema: z.object({
        query: z.string().optional().describe('Words that must all be there. Unless given, everything.'),
        language: language.optional(),
        pageSize: z.number().int().optional().describe('1 to 100; 20 unless given.'),
        pageToken: z.string().optional().describe('nextPageToken of the page before.'),
      }),
      annotations: reads,
    },
    (asked) =>
      answered(async () => {
        const request = create(ListHistoryRequestSchema, {
          query: asked.query ?? '',
          language: asked.language ?? '',
          pageSize: asked.pageSize ?? 0,
          pageToken: asked.pageToken ?? '',
        });
        return toListResult(ListHistoryResponseSchema, await listHistory(request, caller));
      }),
  );
  return server;
}

/** What a tool answers; what the edge refuses, the model hears in words. */
async function answered(tool: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await tool();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { isError: true, content: [{ type: 'text', text: error.problem.detail }] };
  }
}

/** A snippet's text, and what is known of it besides. */
interface Pulled {
  readonly text: string;
  readonly facts: JsonObject;
}

async function pull(asked: string | undefined, caller: Caller): Promise<Pulled> {
  if (asked === undefined) return toPulled((await getLatestSnippet(undefined, caller)).snippet);
  try {
    const { snippet } = await getSnippet(create(GetSnippetRequestSchema, { id: asked }), caller);
    return toPulled(snippet);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'not_found') throw error;
    const { text, ...facts } = await getHistorySnippet(
      create(GetHistorySnippetRequestSchema, { id: asked }),
      caller,
    );
    return { text: text ?? '', facts: { description: facts.description ?? '' } };
  }
}

function toPulled(snippet: MessageInitShape<typeof SnippetSchema> | undefined): Pulled {
  const pulled = create(SnippetSchema, snippet);
  const { text } = pulled;
  pulled.text = '';
  return { text, facts: toFacts(SnippetSchema, pulled) };
}

function toTextResult({ text, facts }: Pulled): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent: facts };
}

function toListResult<Schema extends DescMessage>(
  schema: Schema,
  answer: MessageInitShape<Schema>,
): CallToolResult {
  const facts = toFacts(schema, answer);
  return { content: [{ type: 'text', text: JSON.stringify(facts) }], structuredContent: facts };
}

/** The contract's message as JSON, as REST has it, without what is empty. */
function toFacts<Schema extends DescMessage>(schema: Schema, init: MessageInitShape<Schema>): JsonObject {
  const json = toJson(schema, create(schema, init));
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('a message is no object');
  return json;
}
