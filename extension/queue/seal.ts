// Sealing of what waits on the disk: AES-256-GCM of the platform's WebCrypto, each time under a fresh random nonce
// (NIST SP 800-38D, 8.2.2: far under 2^32 of them for a key). The name of the file is sealed with it, so that no
// file can be put in another's place.

/** A key and its own name, which stands unsealed before what it sealed. */
export interface SealKey {
  /** 8 hexadecimal characters. */
  readonly id: string;
  readonly key: Awaited<ReturnType<typeof crypto.subtle.importKey>>;
}

const ALGORITHM = 'AES-GCM';
/** What opens a file: the format's name and version. */
const MARK = new TextEncoder().encode('pybin1');
const ID_BYTES = 4;
const NONCE_BYTES = 12;
const HEADER_BYTES = MARK.length + ID_BYTES + NONCE_BYTES;
export const KEY_BYTES = 32;

export async function importKey(id: string, secret: Uint8Array<ArrayBuffer>): Promise<SealKey> {
  const key = await crypto.subtle.importKey('raw', secret, ALGORITHM, false, ['encrypt', 'decrypt']);
  return { id, key };
}

export async function seal({ id, key }: SealKey, name: string, text: string): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new TextEncoder().encode(text);
  const sealed = await crypto.subtle.encrypt(parametersOf(nonce, name), key, plain);
  const whole = new Uint8Array(HEADER_BYTES + sealed.byteLength);
  whole.set(MARK);
  whole.set(bytesOfId(id), MARK.length);
  whole.set(nonce, MARK.length + ID_BYTES);
  whole.set(new Uint8Array(sealed), HEADER_BYTES);
  return whole;
}

/** The name of the key that sealed it; undefined where this is nothing sealed. */
export function getKeyId(sealed: Uint8Array): string | undefined {
  if (sealed.length < HEADER_BYTES || MARK.some((byte, index) => sealed[index] !== byte)) return undefined;
  return idOfBytes(sealed.subarray(MARK.length, MARK.length + ID_BYTES));
}

/** The text; undefined where the bytes are not those that were sealed with this key under this name. */
export async function open({ key }: SealKey, name: string, sealed: Uint8Array): Promise<string | undefined> {
  const nonce = sealed.slice(MARK.length + ID_BYTES, HEADER_BYTES);
  try {
    const plain = await crypto.subtle.decrypt(parametersOf(nonce, name), key, sealed.slice(HEADER_BYTES));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(plain);
  } catch {
    return undefined;
  }
}

export function newKeyId(): string {
  return idOfBytes(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
}

function parametersOf(nonce: Uint8Array<ArrayBuffer>, name: string) {
  return { name: ALGORITHM, iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function idOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOfId(id: string): Uint8Array {
  return Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
