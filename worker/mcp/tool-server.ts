// The tools of a language model on its person's stack: push, pull, list and search. Each is a method of the
// contract (worker/services), with its words for a model.

import { create } from '@bufbuild/protobuf';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { LARGEST_NUMBER } from '../../shared/address.ts';
import {
  CreateSnippetRequestSchema,
  ListHistoryRequestSchema,
  ListHistoryResponseSchema,
  ListSnippetsResponseSchema,
  type Snippet,
  SnippetSchema,
} from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { toVisibilityMessage } from '../../shared/message.ts';
import { visibilities } from '../../shared/snippet.ts';
import { getVisibility } from '../../shared/visibility.ts';
import type { Caller } from '../identity/caller.ts';
import { listHistory } from '../services/history-service.ts';
import { createSnippet, listSnippets } from '../services/snippet-service.ts';
import { pull } from './pull.ts';
import { answered, toFacts, toListResult, toTextResult } from './results.ts';

const reads = { readOnlyHint: true, openWorldHint: false } as const;
const { min: minTtl, max: maxTtl } = limits.ttlSeconds;
const ttlRule = `A lifetime is from ${minTtl} to ${maxTtl} seconds.`;
const maxPage = limits.history.pageSize.max;
const pageRule = `A page has 1 to ${maxPage} entries.`;
const language = z.string().describe('A language id as editors name it, such as "python".');

/** A server for one request. */
export function createToolServer(caller: Caller): McpServer {
  const server = new McpServer(
    { name: 'pybin', title: 'pybin', version: packageJson.version },
    {
      instructions:
        'pybin carries code between a person’s devices: what is pushed lies on top of their stack, where their other ' +
        'editors, terminals and phones find it. Push when the person wants code elsewhere, pull when they say that ' +
        'they pushed some; what has left the stack is in the history for a year.',
    },
  );
  server.registerTool(
    'push_snippet',
    {
      title: 'Push a snippet',
      description:
        'Puts code on top of the person’s stack, where their other devices find it, and gives its address. ' +
        'The newest 20 stay until their lifetime ends. Nothing is linted here.',
      inputSchema: z.strictObject({
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
          .int(ttlRule)
          .min(minTtl, ttlRule)
          .max(maxTtl, ttlRule)
          .optional()
          .describe('How long it stays on the stack. Unless given, as the person chose.'),
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
          content: [{ type: 'text', text: `${pushed.address}\n${placeOf(pushed)}` }],
          structuredContent: toFacts(SnippetSchema, pushed),
        };
      }),
  );

  server.registerTool(
    'pull_snippet',
    {
      title: 'Pull a snippet',
      description:
        'Reads a snippet with its text: the newest of the person’s stack, or the one with this number or id, also ' +
        'from the history of the last year. Reading never removes it.',
      inputSchema: z
        .strictObject({
          number: z
            .int()
            .min(1)
            .max(LARGEST_NUMBER)
            .optional()
            .describe(
              'Its number, such as 3: what people call it, and the end of an address such as /~ada/3.',
            ),
          id: z.string().optional().describe('Its id, as list_snippets or search_history gives it.'),
        })
        .refine(({ number, id }) => number === undefined || id === undefined, {
          error: 'Give a number or an id, not both.',
        }),
      annotations: reads,
    },
    (asked) => answered(async () => toTextResult(await pull(asked, caller))),
  );

  server.registerTool(
    'list_snippets',
    {
      title: 'List the stack',
      description: 'What is on the person’s stack, newest first, without texts.',
      inputSchema: z.strictObject({}),
      annotations: reads,
    },
    () =>
      answered(async () =>
        toListResult('snippets', ListSnippetsResponseSchema, await listSnippets(undefined, caller)),
      ),
  );

  server.registerTool(
    'search_history',
    {
      title: 'Search the history',
      description:
        'Searches what the person pushed within the last year, newest first, without texts: by words of the ' +
        'description, the file’s name or the text.',
      inputSchema: z.strictObject({
        query: z.string().optional().describe('Words that must all be there. Unless given, everything.'),
        language: language.optional(),
        pageSize: z
          .int(pageRule)
          .min(1, pageRule)
          .max(maxPage, pageRule)
          .optional()
          .describe(`How many at most; ${limits.history.pageSize.default} unless given.`),
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
        return toListResult('entries', ListHistoryResponseSchema, await listHistory(request, caller));
      }),
  );
  return server;
}

/** Where a push lies, who may read it, and for how long: what a model tells its person. */
function placeOf({ number, visibility, expireTime }: Snippet): string {
  const until = expireTime && `until ${timestampDate(expireTime).toISOString()}`;
  const parts = [`Number ${number} on the stack`, getVisibility(visibility), until];
  return `${parts.filter((part) => part !== undefined).join(', ')}.`;
}
