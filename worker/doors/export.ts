// The door for taking everything along: `GET /v1/account/export`, one ZIP file that is made while it is sent.

import { makeZip } from 'client-zip';
import { callerOf, requireCredential } from '../identity/caller.ts';
import type { Credential } from '../identity/key.ts';
import type { Contents } from '../stack/export.ts';
import { readProof, readProvenance } from '../stack/proof.ts';
import { callAs } from '../stack/stub.ts';

/** What is in the file: `index.json`, and a text file for each snippet on the stack and in the history. */
export async function exportAccount(request: Request, env: Env): Promise<Response> {
  const credential = requireCredential(callerOf(request, env));
  const contents = await callAs(env, credential, (owner) => owner.contents());
  const day = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  return new Response(zipOf(filesOf(env, credential, contents)), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="pybin-${contents.account.userId}-${day}.zip"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

interface ZippedFile {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: string | Uint8Array<ArrayBuffer>;
}

/** Where nobody reads on, the library throws into what it reads from, which is logged as a fault: here it ends quietly. */
function zipOf(files: AsyncGenerator<ZippedFile>): ReadableStream<Uint8Array> {
  const quiet = { next: () => files.next(), throw: () => files.return(undefined) };
  return makeZip({ [Symbol.asyncIterator]: () => quiet });
}

async function* filesOf(env: Env, credential: Credential, contents: Contents): AsyncGenerator<ZippedFile> {
  yield {
    name: 'index.json',
    lastModified: new Date(),
    input: `${JSON.stringify(indexOf(contents), null, 2)}\n`,
  };
  for (const from of ['stack', 'history'] as const)
    for (const { number, fileName, createdAtMs } of contents[from]) {
      const text = await callAs(env, credential, (owner) => owner.exported(from, number));
      // Gone since the export began.
      if (!text) continue;
      yield {
        name: pathOf(from, number, fileName),
        lastModified: new Date(createdAtMs),
        input: new Uint8Array(text),
      };
    }
}

function indexOf({ account, stack, history, readCounts }: Contents) {
  return {
    userId: account.userId,
    defaultVisibility: account.defaultVisibility,
    defaultTtlSeconds: account.defaultTtlSeconds,
    archiveEnabled: account.isArchived,
    stack: stack.map(({ number, fileName, createdAtMs, updatedAtMs, expiresAtMs, proof, ...facts }) => ({
      file: pathOf('stack', number, fileName),
      number,
      fileName,
      ...facts,
      ...readProof(proof),
      created: iso(createdAtMs),
      updated: iso(updatedAtMs),
      expires: iso(expiresAtMs),
    })),
    history: history.map(({ number, fileName, createdAtMs, endsAtMs, provenance, ...entry }) => ({
      file: pathOf('history', number, fileName),
      number,
      fileName,
      ...entry,
      ...readProvenance(provenance),
      created: iso(createdAtMs),
      ends: iso(endsAtMs),
    })),
    readCounts,
  };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** Numbers are padded, so that files lie in order; the file's own name keeps its ending. */
function pathOf(folder: 'stack' | 'history', number: number, fileName: string): string {
  return `${folder}/${String(number).padStart(6, '0')}-${fileName || 'snippet.txt'}`;
}
