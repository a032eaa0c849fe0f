// A wire between an editor and an edge that comes and goes. It can stop a push on its way: in the middle of what is
// asked, or when it is answered.

import { createConnection, createServer, type Socket } from 'node:net';

/** Where a push is stopped: some of it has come to the edge, or it is stored and its answer is not carried. */
export type Stop = 'asked' | 'answered';

export interface Wire extends AsyncDisposable {
  /** Where editors find it. */
  readonly url: string;
  /** The edge's port; nothing is carried without one. */
  to: number | undefined;
  /** The request ids of all that was pushed over it, in order, as often as it was asked. */
  readonly requestIds: readonly string[];
  /** Stops the next push; resolves once it stands there. It is never carried on. */
  stopNextPush(at: Stop): Promise<void>;
}

const PUSH = '/pybin.v1.SnippetService/CreateSnippet ';
const REQUEST_ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

export async function startWire(): Promise<Wire> {
  const requestIds: string[] = [];
  const sockets = new Set<Socket>();
  let next: { readonly at: Stop; readonly stopped: () => void } | undefined;

  const server = createServer((editor) => {
    if (wire.to === undefined) {
      editor.destroy();
      return;
    }
    const edge = createConnection(wire.to, '127.0.0.1');
    let stop: typeof next;
    let asked = '';
    editor.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      const start = asked.lastIndexOf(PUSH);
      const requestId = start < 0 ? undefined : REQUEST_ID.exec(asked.slice(start))?.[0];
      if (requestId !== undefined) {
        requestIds.push(requestId);
        asked = '';
      }
      // It stands once it is known which one it is: its id comes after its text.
      if (stop?.at === 'asked') {
        if (requestId !== undefined) stop.stopped();
        return;
      }
      edge.write(bytes);
      if (start < 0 || !next) return;
      stop = next;
      next = undefined;
      if (stop.at === 'asked' && requestId !== undefined) stop.stopped();
    });
    edge.on('data', (bytes) => {
      if (stop) stop.stopped();
      else editor.write(bytes);
    });
    for (const [socket, other] of [
      [editor, edge],
      [edge, editor],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the wire has no port');
  const wire: Wire = {
    url: `http://127.0.0.1:${address.port}`,
    to: undefined,
    requestIds,
    stopNextPush: (at) =>
      new Promise((resolve) => {
        next = { at, stopped: resolve };
      }),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}
