// A record of the archive: the contract's Snippet with its text, as protobuf, gzipped. Pure.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Snippet, SnippetSchema } from '../../shared/gen/pybin_pb.js';
import type { Proof } from '../../shared/lint/proof.ts';
import { toVisibilityMessage } from '../../shared/message.ts';
import type { Origin } from '../../shared/provenance.ts';
import type { KeptFinding, Visibility } from '../../shared/snippet.ts';

/** What a record says of its text. */
export interface Recorded {
  readonly number: number;
  readonly language: string;
  readonly visibility: Visibility;
  readonly fileName: string;
  readonly findings: readonly KeptFinding[];
  readonly needs: readonly string[];
  readonly proof?: Proof | undefined;
  readonly origin?: Origin | undefined;
  readonly sha256: string;
  readonly textBytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A snippet as the archive keeps it: no id and no address, because those belong to a stack that forgets. */
export function encodeRecord(snippet: Recorded, text: string, description: string): Uint8Array {
  const message = create(SnippetSchema, {
    number: snippet.number,
    text,
    description,
    language: snippet.language,
    visibility: toVisibilityMessage(snippet.visibility),
    createTime: timestampFromMs(snippet.createdAtMs),
    expireTime: timestampFromMs(snippet.expiresAtMs),
    sizeBytes: snippet.textBytes,
    sha256: snippet.sha256,
    findings: snippet.findings.map((finding) => ({ ...finding })),
    needs: [...snippet.needs],
    origin: { ...snippet.origin, fileName: snippet.fileName },
    ...(snippet.proof && { proof: { ...snippet.proof } }),
  });
  return gzipSync(toBinary(SnippetSchema, message));
}

/** The inverse of {@link encodeRecord}. @throws where the bytes are no record */
export function decodeRecord(bytes: Uint8Array): Snippet {
  return fromBinary(SnippetSchema, gunzipSync(bytes));
}
