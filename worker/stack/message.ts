// Snippets as the contract's messages: what answers and watchers of a stack get of a row. Pure.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { SnippetSchema } from '../../shared/gen/pybin_pb.js';
import { toVisibilityMessage } from '../../shared/message.ts';
import { addressOf, type Home, linkIdOf } from '../ids/addresses.ts';
import { readProof } from './proof.ts';
import type { SnippetFacts } from './snippet-row.ts';

/** A snippet without its text. */
export function toSnippet(
  home: Home,
  facts: SnippetFacts,
  readCount = 0,
): MessageInitShape<typeof SnippetSchema> {
  const { findings, needs, proof, origin } = readProof(facts.proof);
  return {
    id: linkIdOf(home, facts.number),
    number: facts.number,
    revision: facts.revision,
    address: addressOf(home, facts),
    alias: facts.alias,
    description: facts.summary,
    language: facts.language,
    visibility: toVisibilityMessage(facts.visibility),
    createTime: timestampFromMs(facts.createdAtMs),
    updateTime: timestampFromMs(facts.updatedAtMs),
    expireTime: timestampFromMs(facts.expiresAtMs),
    sizeBytes: facts.textBytes,
    sha256: facts.sha256,
    findings: findings.map((finding) => ({ ...finding })),
    firstLine: facts.firstLine,
    needs: [...needs],
    origin: { ...origin, fileName: facts.fileName },
    ...(proof && { proof: { ...proof } }),
    readsLeft: facts.readsLeft,
    readCount,
    device: facts.device,
  };
}
