// The first part of a multipart form (RFC 7578) as it streams. The rest of the form is read and dropped.

import { limits } from '../../shared/limits.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Pieces } from './pieces.ts';

const LINE_END = '\r\n';
const HEADERS_END = '\r\n\r\n';

/**
 * The bytes of a form's first part.
 * @throws {ProblemError} `invalid_argument` where the form has none, or can't be read
 */
export class FirstPart implements Pieces {
  /** The file's name as the form tells it, without folders; empty where it tells none. Known with the first piece. */
  fileName = '';
  readonly #form: Pieces;
  readonly #type: string;

  /** @param type the form's Content-Type, with its boundary */
  constructor(form: Pieces, type: string) {
    this.#form = form;
    this.#type = type;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let held = Buffer.alloc(0);
    let end: Buffer | undefined;
    let isOver = false;
    for await (const piece of this.#form) {
      if (isOver) continue;
      held = Buffer.concat([held, piece]);
      if (!end) {
        const headersEnd = held.indexOf(HEADERS_END);
        if (headersEnd === -1 && held.byteLength <= limits.formBytes) continue;
        const delimiter = held.subarray(0, held.indexOf(LINE_END));
        this.fileName = await this.#readFileName(held.subarray(0, headersEnd), delimiter);
        end = Buffer.concat([Buffer.from(LINE_END), delimiter]);
        held = held.subarray(headersEnd + HEADERS_END.length);
      }
      const endsAt = held.indexOf(end);
      isOver = endsAt !== -1;
      // The last bytes may be the begin of what ends the part.
      const sure = isOver ? endsAt : Math.max(0, held.byteLength - end.byteLength + 1);
      if (sure > 0) yield held.subarray(0, sure);
      held = held.subarray(sure);
    }
    if (!isOver) throw unreadable();
  }

  /** Reading headers, with their several ways of quoting, is left to the platform: it gets a form with this part, empty. */
  async #readFileName(headers: Buffer, delimiter: Buffer): Promise<string> {
    const form = Buffer.concat([
      headers,
      Buffer.from(`${HEADERS_END}${LINE_END}`),
      delimiter,
      Buffer.from(`--${LINE_END}`),
    ]);
    const [part] = await formValues(form, this.#type);
    return part instanceof File ? withoutFolders(part.name) : '';
  }
}

async function formValues(form: Uint8Array, type: string): Promise<(File | string)[]> {
  try {
    return [...(await new Response(form, { headers: { 'content-type': type } }).formData()).values()];
  } catch (error) {
    throw unreadable(error);
  }
}

/** RFC 7578, 4.2: folders in a name are not to be used. What curl read from its input, it calls `-`. */
function withoutFolders(name: string): string {
  const fileName = name.replace(/^.*[/\\]/s, '');
  return fileName === '-' ? '' : fileName;
}

function unreadable(cause?: unknown): ProblemError {
  return new ProblemError(
    { code: 'invalid_argument', detail: 'The multipart form can’t be read.' },
    { cause },
  );
}
