// What was worked out lately, so that it isn't again: a key or a user id is asked for many times in a row.
// Pure values only: what is remembered must be true for ever. Bounded.

const LIMIT = 1_000;

export class Recent<Value> {
  readonly #values = new Map<string, Value>();

  /** The value for a key, made the first time. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#values.size >= LIMIT) this.#values.clear();
    this.#values.set(key, made);
    return made;
  }
}
