// The memory of the Worker's isolate, as the runtime's inspector tells it (Chrome DevTools protocol).

const WORKER = ':pybin';

/** Scripts' heap, the runtime's own objects on it, and the bytes of buffers beside it. */
const PARTS = ['usedSize', 'embedderHeapUsedSize', 'backingStorageSize'] as const;

export class Isolate implements Disposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
  }

  /** @param port where the inspector listens on this machine */
  static async connect(port: number): Promise<Isolate> {
    const targets: unknown = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
    const target = Array.isArray(targets) ? targets.map(idOf).find((id) => id.endsWith(WORKER)) : undefined;
    if (target === undefined) throw new Error('the inspector knows no isolate of the Worker');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${target}`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('the inspector hangs up')), { once: true });
    });
    return new Isolate(socket);
  }

  /** What it has taken and not given back, garbage and all. Answered between two tasks of the isolate. */
  async usedBytes(): Promise<number> {
    const usage = await this.#call('Runtime.getHeapUsage');
    return PARTS.reduce((sum, part) => sum + numberAt(usage, part), 0);
  }

  /** The same once all garbage is gone. It holds the isolate up for a fifth of a second. */
  async heldBytes(): Promise<number> {
    // This runtime never answers HeapProfiler.collectGarbage; a snapshot begins with a full collection.
    await this.#call('HeapProfiler.takeHeapSnapshot');
    return this.usedBytes();
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #call(method: string): Promise<unknown> {
    const id = ++this.#calls;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method }));
    });
  }

  #hear(message: string): void {
    // The parts of a snapshot are many and long; only answers have an id.
    if (!message.startsWith('{"id"')) return;
    const answer: unknown = JSON.parse(message);
    const id = numberAt(answer, 'id');
    this.#waiting.get(id)?.(
      typeof answer === 'object' && answer && 'result' in answer ? answer.result : undefined,
    );
    this.#waiting.delete(id);
  }
}

function idOf(target: unknown): string {
  return typeof target === 'object' && target && 'id' in target ? String(target.id) : '';
}

function numberAt(value: unknown, name: string): number {
  const found: unknown = typeof value === 'object' && value ? Reflect.get(value, name) : undefined;
  if (typeof found === 'number') return found;
  throw new Error(`the inspector tells no ${name}`);
}
