// A Worker that compresses what it is sent in each way that may be stored, and tells what that took.
// It runs in the runtime of the edge, because zlib is built differently there.

import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';

interface Codec {
  pack(text: Uint8Array): Uint8Array;
  unpack(packed: Uint8Array): Uint8Array;
}

const codecs: Readonly<Record<string, Codec>> = {
  none: { pack: (text) => text, unpack: (packed) => packed },
  'gzip-1': gzip(1),
  'gzip-6': gzip(6),
  'brotli-1': brotli(1),
  'brotli-4': brotli(4),
  'zstd-1': {
    pack: (text) => zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    unpack: (packed) => zstdDecompressSync(packed),
  },
};

function gzip(level: number): Codec {
  return { pack: (text) => gzipSync(text, { level }), unpack: (packed) => gunzipSync(packed) };
}

function brotli(quality: number): Codec {
  return {
    pack: (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    unpack: (packed) => brotliDecompressSync(packed),
  };
}

export interface Packing {
  readonly codec: string;
  /** Why the runtime can't do it; the figures are 0 then. */
  readonly fault: string;
  readonly packMs: number;
  readonly unpackMs: number;
  readonly storedBytes: number;
}

export default {
  /** Packs and unpacks the body `?times=` over in each way: the mean of those. */
  async fetch(request: Request): Promise<Response> {
    const times = Number(new URL(request.url).searchParams.get('times'));
    const text = new Uint8Array(await request.arrayBuffer());
    return Response.json(Object.entries(codecs).map(([name, codec]) => tryOut(name, codec, text, times)));
  },
};

function tryOut(name: string, codec: Codec, text: Uint8Array, times: number): Packing {
  try {
    return { codec: name, fault: '', ...measure(codec, text, times) };
  } catch (error) {
    return { codec: name, fault: String(error), packMs: 0, unpackMs: 0, storedBytes: 0 };
  }
}

function measure(codec: Codec, text: Uint8Array, times: number): Omit<Packing, 'codec' | 'fault'> {
  let packed = text;
  const startMs = performance.now();
  for (let turn = 0; turn < times; turn++) packed = codec.pack(text);
  const packedMs = performance.now();
  let unpacked = text;
  for (let turn = 0; turn < times; turn++) unpacked = codec.unpack(packed);
  const endMs = performance.now();
  if (unpacked.byteLength !== text.byteLength) throw new Error('some of it was lost');
  return {
    packMs: (packedMs - startMs) / times,
    unpackMs: (endMs - packedMs) / times,
    storedBytes: packed.byteLength,
  };
}
