// The Stack's tables: append-only migrations, each table explained. A migration that has shipped never changes.
// Created at the first write, so that asking for a user who doesn't exist leaves nothing behind.
// Times are milliseconds since 1970. Sizes are UTF-8 bytes of the text.

const migrations: readonly string[] = [
  `
  -- One row: whose stack this is.
  CREATE TABLE account (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    user_id TEXT NOT NULL,
    default_visibility TEXT NOT NULL,
    -- The last number and body given out: neither is ever reused.
    last_number INTEGER NOT NULL,
    last_body INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- Keys of the owner; secrets only as SHA-256.
  CREATE TABLE keys (
    number INTEGER PRIMARY KEY,
    secret_hash BLOB NOT NULL,
    -- 'read' or 'write'; writing includes reading.
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- What lies on the stack. Texts and long descriptions are bodies.
  CREATE TABLE snippets (
    number INTEGER PRIMARY KEY,
    text_body INTEGER NOT NULL,
    text_encoding TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    -- The first characters of the description: all that lists show.
    summary TEXT NOT NULL,
    -- The text's first line that isn't blank.
    first_line TEXT NOT NULL,
    -- The whole description where it is longer than its summary.
    description_body INTEGER,
    description_encoding TEXT,
    description_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    visibility TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- JSON: the findings and the names needed.
    proof TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;

  -- Bytes of bodies, cut so that no value nears the 2 MB that a row may hold. One whole number is the key,
  -- body × 16 + sequence: a small text then touches one page, and a row of one index is written, not of two.
  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;

  -- What the archive must still be told; one row a number, the later word wins.
  CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    -- 'put' or 'delete'
    action TEXT NOT NULL,
    -- JSON: the snippet as it was pushed; NULL for a delete. Its bodies stay until it is flushed.
    snippet TEXT,
    text_body INTEGER,
    description_body INTEGER,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL
  ) STRICT;

  -- The index of the archive: a row means that R2 has the record.
  CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    summary TEXT NOT NULL,
    language TEXT NOT NULL,
    file_name TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT;

  -- First answers by request id, so that a retry makes no second snippet.
  CREATE TABLE requests (
    request_id TEXT PRIMARY KEY,
    -- JSON: the answer
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Whether the schema stands, without creating anything. */
export function hasSchema(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'account'").toArray().length > 0;
}

/** Brings the storage to the newest schema. Runs inside a transaction; may be repeated. */
export function migrate(sql: SqlStorage): void {
  // PRAGMA user_version is refused in a Durable Object, so a table of our own counts.
  sql.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY) STRICT');
  const { version } = sql.exec('SELECT coalesce(max(version), 0) AS version FROM migrations').one();
  const done = Number(version);
  migrations.slice(done).forEach((statements, index) => {
    sql.exec(statements);
    sql.exec('INSERT INTO migrations (version) VALUES (?)', done + index + 1);
  });
}
