// The first part of a multipart form (RFC 7578) as it comes. What follows it is read and dropped.

import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Pieces } from './pieces.ts';

const LINE_END = '\r\n';
const HEAD_END = '\r\n\r\n';

/**
 * The bytes of a form's first part.
 * @throws {ProblemError} `invalid_argument` where the form has none, or can't be read
 */
export class FirstPart implements Pieces {
  readonly #form: Pieces;
  readonly #type: string;
  #fileName = '';

  /** @param type the form's Content-Type, which names its boundary */
  constructor(form: Pieces, type: string) {
    this.#form = form;
    this.#type = type;
  }

  /** The file's name without folders, known once the bytes were read; empty where the form tells none. */
  get fileName(): string {
    return this.#fileName;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let held = Buffer.alloc(0);
    let end: Buffer | undefined;
    let isOver = false;
    for await (const piece of this.#form) {
      if (isOver) continue;
      let bytes = held.byteLength > 0 ? Buffer.concat([held, piece]) : viewOf(piece);
      if (!end) {
        const head = getHead(bytes);
        end = head && (await this.#readHead(head));
        bytes = bytes.subarray(head?.byteLength ?? 0);
      }
      const content = end ? contentAt(bytes, end) : { sizeBytes: 0, isAll: false };
      isOver = content.isAll;
      if (content.sizeBytes > 0) yield bytes.subarray(0, content.sizeBytes);
      held = Buffer.from(bytes.subarray(content.sizeBytes));
    }
    if (!isOver) throw unreadable();
  }

  /** Takes the file's name, and gives what ends the part. */
  async #readHead(head: Buffer): Promise<Buffer> {
    const delimiter = head.subarray(0, head.indexOf(LINE_END));
    const end = Buffer.concat([Buffer.from(LINE_END), delimiter]);
    this.#fileName = await readFileName(Buffer.concat([head, end, Buffer.from(`--${LINE_END}`)]), this.#type);
    return end;
  }
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The first delimiter and the part's headers, with the empty line that ends them; undefined where more must come first. */
function getHead(bytes: Buffer): Buffer | undefined {
  const endsAt = bytes.indexOf(HEAD_END);
  if (endsAt !== -1) return bytes.subarray(0, endsAt + HEAD_END.length);
  if (bytes.byteLength > limits.formBytes) throw unreadable();
  return undefined;
}

/** How much of the bytes is the part's for sure, and whether that is all of it. */
function contentAt(bytes: Buffer, end: Buffer): { sizeBytes: number; isAll: boolean } {
  const endsAt = bytes.indexOf(end);
  if (endsAt !== -1) return { sizeBytes: endsAt, isAll: true };
  // What ends the part may have begun. It holds one CR, its first byte.
  const begunAt = bytes.lastIndexOf('\r');
  const begun = bytes.subarray(begunAt);
  const hasBegun = begunAt !== -1 && end.subarray(0, begun.byteLength).equals(begun);
  return { sizeBytes: hasBegun ? begunAt : bytes.byteLength, isAll: false };
}

/** Headers have their several ways of quoting: the platform reads them, from a form with nothing but an empty part. */
async function readFileName(form: Uint8Array, type: string): Promise<string> {
  const [part] = await formValues(form, type);
  if (!(part instanceof File)) return '';
  // Folders are not to be used (RFC 7578, 4.2). Quotes come escaped (HTML, "multipart form data"), and what curl
  // read from its input, it calls "-".
  const fileName = part.name.replace(/^.*[/\\]/s, '').replaceAll('%22', '"');
  return fileName === '-' ? '' : fileName;
}

async function formValues(form: Uint8Array, type: string): Promise<(File | string)[]> {
  try {
    const data = await new Response(form, { headers: { 'content-type': type } }).formData();
    return [...data.values()];
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): ProblemError {
  return new ProblemError(
    { code: 'invalid_argument', detail: 'The multipart form can’t be read, or it has no part.' },
    { cause },
  );
}
