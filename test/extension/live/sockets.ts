// WebSockets that a test opens, feeds and breaks: what a real edge does only when something is wrong with it.

export class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  /** All that were made, oldest first. */
  static made: FakeSocket[] = [];

  readonly sent: string[] = [];
  readonly address: string;
  readyState = 0;

  constructor(address: string) {
    super();
    this.address = address;
    FakeSocket.made.push(this);
  }

  send(message: string): void {
    this.sent.push(message);
  }

  /** By the editor. A dead line says nothing of it. */
  close(): void {
    this.readyState = 3;
  }

  /** By the other side. */
  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  tell(message: string): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}
