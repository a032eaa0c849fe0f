// A folder on a disk that several windows share, and on which any step can be the last one: what a crash leaves of a
// write is a part of it.

import type { Folder } from '../../../extension/queue/folder.ts';

export class Crash extends Error {}

export class Disk {
  readonly files = new Map<string, Uint8Array>();
  /** Steps until the crash. */
  stepsLeft = Number.POSITIVE_INFINITY;
  isBroken = false;
  /** It gives nothing up. */
  isStuck = false;

  get folder(): Folder {
    return {
      list: async () => this.#step(() => [...this.files.keys()]),
      read: async (name) => this.#step(() => this.files.get(name)),
      write: async (name, bytes) => {
        if (this.stepsLeft === 1) this.files.set(name, bytes.slice(0, bytes.length / 2));
        this.#step(() => this.files.set(name, bytes));
      },
      rename: async (name, newName) =>
        this.#step(() => {
          const bytes = this.files.get(name);
          if (!bytes) return false;
          if (this.files.has(newName)) throw new Error(`${newName} is there already`);
          this.files.delete(name);
          this.files.set(newName, bytes);
          return true;
        }),
      delete: async (name) => {
        if (this.isStuck) throw new Error('the disk gives nothing up');
        this.#step(() => this.files.delete(name));
      },
    };
  }

  /** The machine starts again. */
  recover(): void {
    this.stepsLeft = Number.POSITIVE_INFINITY;
  }

  #step<Value>(work: () => Value): Value {
    if (this.isBroken) throw new Error('the disk is full');
    this.stepsLeft -= 1;
    if (this.stepsLeft <= 0) throw new Crash();
    return work();
  }
}
