// Owns the identities table: by which providers' word the owner signs in.

/** One person as one provider knows them. */
export interface LinkedIdentity {
  /** A hash of provider and subject, which names its object. */
  readonly name: string;
  /** Such as `google`. */
  readonly provider: string;
  readonly linkedAtMs: number;
}

export class Identities {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Oldest first. */
  list(): LinkedIdentity[] {
    return this.#sql
      .exec<{ name: string; provider: string; linked_at: number }>(
        'SELECT name, provider, linked_at FROM identities ORDER BY linked_at, name',
      )
      .toArray()
      .map(({ name, provider, linked_at: linkedAtMs }) => ({ name, provider, linkedAtMs }));
  }

  has(name: string): boolean {
    return this.#sql.exec('SELECT 1 FROM identities WHERE name = ?', name).toArray().length > 0;
  }

  /** One that is there already stays as it is. */
  add({ name, provider, linkedAtMs }: LinkedIdentity): void {
    this.#sql.exec(
      'INSERT INTO identities (name, provider, linked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      name,
      provider,
      linkedAtMs,
    );
  }

  remove(name: string): void {
    this.#sql.exec('DELETE FROM identities WHERE name = ?', name);
  }
}
