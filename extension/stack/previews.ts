// The first lines of snippets, for those who look closer. A text is read when it is looked at, once per revision;
// never one that burns, and none that is large.

import { limits } from '../../shared/limits.ts';
import { utf8Bytes } from '../../shared/snippet.ts';
import type { Session } from '../session/session.ts';
import { previewLines } from './preview-lines.ts';
import type { SnippetFacts } from './snippet-facts.ts';

export class Previews {
  readonly #session: Session;
  /** By id and revision; the last one is the youngest. */
  readonly #known = new Map<string, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** What is known already: the first lines, else the first line, and whether there are more. */
  get(snippet: SnippetFacts): string {
    return this.#known.get(nameOf(snippet)) ?? firstLineOf(snippet);
  }

  /** The first lines, read where they may be; the first line alone where the edge doesn't give them. */
  async read(snippet: SnippetFacts, signal: AbortSignal): Promise<string> {
    const isRead = this.#known.has(nameOf(snippet));
    if (isRead || snippet.readsLeft > 0 || snippet.sizeBytes > limits.editor.preview.textBytes)
      return this.get(snippet);
    const connection = await this.#session.get();
    const answer = await connection?.call((client, given) => client.get(snippet.id, given), signal);
    if (answer?.ok) this.#keep(nameOf(answer.value), previewLines(answer.value.text));
    return this.get(snippet);
  }

  #keep(name: string, lines: string): void {
    this.#known.delete(name);
    this.#known.set(name, lines);
    const [oldest] = this.#known.keys();
    if (this.#known.size > limits.editor.preview.kept && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** Blanks aside, that a line has around it. */
function firstLineOf({ firstLine, sizeBytes }: SnippetFacts): string {
  const hasMore = sizeBytes > utf8Bytes(firstLine) + limits.editor.preview.blanksBytes;
  return hasMore && firstLine !== '' ? `${firstLine}\n…` : firstLine;
}

function nameOf({ id, revision }: Pick<SnippetFacts, 'id' | 'revision'>): string {
  return `${id} ${revision}`;
}
