// One user of an edge, with a key, asking by the doors and by REST.

import { createHash } from 'node:crypto';
import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { ListSnippetsResponseSchema, type Snippet, SnippetSchema } from '../../shared/gen/pybin_pb.js';
import type { Visibility } from '../../shared/snippet.ts';
import { signInLocally } from '../../worker/local/sign-in.ts';
import type { TextFacts } from './model.ts';

export class User {
  readonly userId: string;
  readonly #key: string;
  readonly #edge: { readonly url: string };

  private constructor(edge: { readonly url: string }, userId: string, key: string) {
    this.#edge = edge;
    this.userId = userId;
    this.#key = key;
  }

  /** @param edge asked for its address each time: it may have come back at another */
  static async signIn(edge: { readonly url: string }, userId: string): Promise<User> {
    const { key } = await signInLocally(edge.url, userId);
    return new User(edge, userId, key);
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#key}`);
    return fetch(`${this.#edge.url}${path}`, { ...init, headers });
  }

  /** Pushes a text and gives its number. Rejects with a TypeError where the connection broke before the answer. */
  async push(
    text: Uint8Array<ArrayBuffer>,
    requestId: string,
    visibility: Visibility = 'public',
  ): Promise<number> {
    const answer = await this.ask(`/?visibility=${visibility}`, {
      method: 'POST',
      body: text,
      headers: { 'idempotency-key': requestId, accept: 'application/json' },
    });
    const told = await answer.text();
    const pushed: unknown = answer.status === 201 ? JSON.parse(told) : undefined;
    if (typeof pushed === 'object' && pushed !== null && 'number' in pushed) return Number(pushed.number);
    throw new Error(`a push was refused: ${answer.status} ${told}`);
  }

  /** Takes the top off and gives it with its text; undefined where the stack is empty. */
  async pop(requestId?: string): Promise<Snippet | undefined> {
    const headers = {
      'content-type': 'application/json',
      ...(requestId !== undefined && { 'idempotency-key': requestId }),
    };
    const answer = await this.ask('/v1/snippets/pop', { method: 'POST', body: '{}', headers });
    const text = await answer.text();
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`a pop was refused: ${answer.status} ${text}`);
    const snippet: JsonValue = JSON.parse(text);
    return fromJson(SnippetSchema, snippet);
  }

  /** Newest first, without texts. */
  async list(): Promise<Snippet[]> {
    return fromJson(ListSnippetsResponseSchema, await this.#json('/v1/snippets')).snippets;
  }

  /** The bytes of one. */
  async read(number: number): Promise<Uint8Array> {
    return (await this.#good(`/raw/~${this.userId}/${number}`)).bytes();
  }

  async #json(path: string): Promise<JsonValue> {
    const value: JsonValue = JSON.parse(await (await this.#good(path)).text());
    return value;
  }

  async #good(path: string): Promise<Response> {
    const answer = await this.ask(path);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}

export function factsOf(text: Uint8Array): TextFacts {
  return { sha256: createHash('sha256').update(text).digest('hex'), sizeBytes: text.byteLength };
}
