// One live socket from its opening to its end.

import { limits } from '../../shared/limits.ts';

/** `wss://…/v1/live`, with the ticket that opens it. */
export function liveAddress(endpoint: string, ticket: string): string {
  // http: becomes ws:, https: becomes wss:.
  return `${endpoint.replace(/^http/, 'ws')}/v1/live?ticket=${encodeURIComponent(ticket)}`;
}

export interface SocketEnd {
  /** Whether it was open at all. */
  readonly wasOpen: boolean;
  /** As the other side said it; 1006 where the line broke (RFC 6455, 7.4). */
  readonly code: number;
}

export interface LiveSocket {
  /** Resolves when it is closed, by whichever side. */
  readonly ended: Promise<SocketEnd>;
  /** Closes it where its line seems dead. */
  check(): void;
  close(): void;
}

/** What the edge's runtime answers without waking the stack. */
const PING = 'ping';
const PONG = 'pong';
const BROKEN = 1006;

/**
 * Opens a socket. One that doesn't open in time, and one whose line is dead, is closed.
 * @param hear what to do with each message
 */
export function openSocket(address: string, hear: (message: string) => void): LiveSocket {
  const { promise: ended, resolve } = Promise.withResolvers<SocketEnd>();
  const socket = new WebSocket(address);
  let wasOpen = false;
  let heardAtMs = Date.now();
  const end = (code: number): void => {
    clearTimeout(opening);
    clearInterval(pinging);
    resolve({ wasOpen, code });
  };
  const close = (): void => {
    socket.close();
    // A dead line may take minutes to say that it is closed: here it is from now on.
    end(BROKEN);
  };
  const check = (): void => {
    if (wasOpen && Date.now() - heardAtMs > limits.editor.liveSilenceMs) close();
  };
  const opening = setTimeout(close, limits.editor.liveOpenMs);
  const pinging = setInterval(() => {
    check();
    if (socket.readyState === WebSocket.OPEN) socket.send(PING);
  }, limits.editor.livePingMs);

  socket.addEventListener('open', () => {
    wasOpen = true;
    heardAtMs = Date.now();
    clearTimeout(opening);
  });
  socket.addEventListener('message', ({ data }) => {
    heardAtMs = Date.now();
    if (typeof data === 'string' && data !== PONG) hear(data);
  });
  socket.addEventListener('close', ({ code }) => end(code));
  return { ended, check, close };
}
