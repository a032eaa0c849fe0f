// The contract as REST with JSON (proto JSON names) under /v1: one generic transcoder over the table in methods.ts.

import {
  create,
  fromJson,
  type DescMessage,
  type DescMethod,
  type JsonObject,
  type JsonValue,
  toJson,
} from '@bufbuild/protobuf';
import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import { callerOf } from '../identity/caller.ts';
import { readBody, requireUtf8 } from '../intake/body.ts';
import type { Method } from './methods.ts';

/** A request as a handler of REST gets it: the path's parameters, text by name. */
export type RestRequest = Request & { readonly params: Record<string, string> };

/** What answers one method's REST address. */
export function restHandler<Input extends DescMessage, Output extends DescMessage>(
  method: Method<Input, Output>,
): (request: RestRequest, env: Env) => Promise<Response> {
  const { description, rest } = method;
  return async (request, env) => {
    const caller = callerOf(request, env);
    const query = readQuery(request, rest.hasBody ? [] : queryFields(description, request.params));
    const body = rest.hasBody ? await readJsonObject(request) : {};
    const input = parse(description.input, {
      ...requestIdOf(request, description),
      ...query,
      ...body,
      ...request.params,
    });
    const output = create(description.output, await method.run(input, caller));
    const json = toJson(description.output, output, { alwaysEmitImplicit: true });
    return Response.json(answerBody(json, rest.answerField), {
      status: rest.status,
      headers: { 'cache-control': 'private, no-store' },
    });
  };
}

/** The request id as the doors take it; a field of the body says it better. */
function requestIdOf(request: Request, { input }: DescMethod): JsonObject {
  const requestId = request.headers.get('idempotency-key');
  const hasField = input.fields.some((field) => field.jsonName === 'requestId');
  return requestId !== null && hasField ? { requestId } : {};
}

function answerBody(json: JsonValue, field: string | null): JsonValue {
  if (field === null) return json;
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const value = isObject ? json[field] : undefined;
  if (value === undefined) throw new Error(`the answer has no field ${field}`);
  return value;
}

/** A message without a body is said in the path and the query, as google.api.http has it. */
function queryFields({ input }: DescMethod, pathFields: Record<string, string>): string[] {
  return input.fields.map((field) => field.jsonName).filter((name) => !(name in pathFields));
}

/** @throws {ProblemError} where something is asked for that isn't there, or twice: it was meant for something */
function readQuery(request: Request, fields: readonly string[]): JsonObject {
  const query = new URL(request.url).searchParams;
  for (const name of new Set(query.keys())) {
    if (!fields.includes(name)) throw invalid(`There is no option "${name}" here.`, name);
    if (query.getAll(name).length > 1) throw invalid(`The option "${name}" is there more than once.`, name);
  }
  return Object.fromEntries(query);
}

function invalid(detail: string, field: string): ProblemError {
  return new ProblemError({ code: 'invalid_argument', detail, field });
}

async function readJsonObject(request: Request): Promise<JsonObject> {
  const text = requireUtf8(await readBody(request, 'message', limits.messageBytes));
  // `curl -X POST` without a body asks with nothing said.
  if (text === '') return {};
  try {
    const value: JsonValue = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new ProblemError({ code: 'invalid_argument', detail: 'The body is not JSON.' }, { cause: error });
  }
  throw new ProblemError({ code: 'invalid_argument', detail: 'The body is not a JSON object.' });
}

function parse<Input extends DescMessage>(schema: Input, json: JsonObject) {
  try {
    return fromJson(schema, json);
  } catch (error) {
    throw unreadable(schema, json, error);
  }
}

/** Names the first field that can't be read by itself: the library tells it in words only. */
function unreadable(schema: DescMessage, json: JsonObject, cause: unknown): ProblemError {
  const field = Object.keys(json).find((name) => !isReadable(schema, { [name]: json[name] ?? null }));
  const isKnown = schema.fields.some((known) => known.jsonName === field || known.name === field);
  const what = isKnown ? 'has a value of the wrong form' : 'is unknown';
  const detail = field === undefined ? 'The message is not valid.' : `The field "${field}" ${what}.`;
  return new ProblemError(
    { code: 'invalid_argument', detail, ...(field !== undefined && { field }) },
    { cause },
  );
}

function isReadable(schema: DescMessage, json: JsonObject): boolean {
  try {
    fromJson(schema, json);
    return true;
  } catch {
    return false;
  }
}
