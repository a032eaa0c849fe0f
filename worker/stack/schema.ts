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
  `
  -- A snippet's row holds the first megabyte of its text: a push writes one row, a read finds all in one.
  -- A row outlives its stay on the stack until the archive has it.
  CREATE TABLE snippets_2 (
    number INTEGER PRIMARY KEY,
    -- From 1, rising with each replacement.
    revision INTEGER NOT NULL,
    text_encoding TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    -- Size as stored, head and chunks together.
    stored_bytes INTEGER NOT NULL,
    -- The first characters of the description: all that lists show.
    summary TEXT NOT NULL,
    -- The text's first line that isn't blank.
    first_line TEXT NOT NULL,
    -- NULL where the summary is the whole description; else it lies in chunks.
    description_encoding TEXT,
    description_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    visibility TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- JSON: the findings and the names needed.
    proof TEXT NOT NULL,
    alias TEXT,
    -- How many more may read it before it is gone; NULL where reading leaves it.
    reads_left INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- When the archive is to be told; NULL where it has nothing to hear.
    archive_due_at INTEGER,
    -- When it left the stack; NULL where it is on it.
    left_at INTEGER,
    -- A popped one stays until then for a retry of its pop.
    kept_until INTEGER,
    -- The first chunk of the text as stored. The last column, so that lists don't read it.
    head BLOB NOT NULL
  ) STRICT;

  INSERT INTO snippets_2
    SELECT number, 1, text_encoding, text_bytes,
      (SELECT coalesce(sum(length(bytes)), 0) FROM chunks WHERE id >= text_body * 16 AND id < text_body * 16 + 16),
      summary, first_line, description_encoding, description_bytes, sha256, language, visibility, file_name,
      proof, NULL, NULL, created_at, created_at, expires_at,
      (SELECT due_at FROM outbox WHERE outbox.number = snippets.number AND action = 'put'), NULL, NULL,
      coalesce((SELECT bytes FROM chunks WHERE id = text_body * 16), x'')
    FROM snippets;

  -- What had left the stack and waited for the archive in the outbox alone.
  INSERT INTO snippets_2
    SELECT number, 1, snippet ->> 'textEncoding', snippet ->> 'textBytes',
      (SELECT coalesce(sum(length(bytes)), 0) FROM chunks WHERE id >= text_body * 16 AND id < text_body * 16 + 16),
      snippet ->> 'summary', snippet ->> 'firstLine', snippet ->> 'descriptionEncoding',
      snippet ->> 'descriptionBytes', snippet ->> 'sha256', snippet ->> 'language', snippet ->> 'visibility',
      snippet ->> 'fileName', snippet ->> 'proof', NULL, NULL, snippet ->> 'createdAtMs',
      snippet ->> 'createdAtMs', snippet ->> 'expiresAtMs', due_at, due_at, NULL,
      coalesce((SELECT bytes FROM chunks WHERE id = text_body * 16), x'')
    FROM outbox WHERE action = 'put' AND number NOT IN (SELECT number FROM snippets);

  -- A text's first chunk is in its row now. Chunk ids were given out so that they follow from the number:
  -- 32 × number − 16 + sequence for a text, 32 × number + sequence for a description.
  DELETE FROM chunks WHERE id % 32 = 16;
  DROP TABLE snippets;
  ALTER TABLE snippets_2 RENAME TO snippets;
  CREATE UNIQUE INDEX snippets_by_alias ON snippets (alias) WHERE alias IS NOT NULL;

  -- What lies on the stack.
  CREATE VIEW stack AS SELECT * FROM snippets WHERE left_at IS NULL;

  -- Records that the archive is to delete.
  CREATE TABLE removals (number INTEGER PRIMARY KEY) STRICT;
  INSERT INTO removals SELECT number FROM outbox WHERE action = 'delete';
  DROP TABLE outbox;

  -- One row: the highest number whose row is gone. The next number is above it and above all rows.
  CREATE TABLE gone (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    highest_number INTEGER NOT NULL
  ) STRICT;
  INSERT INTO gone SELECT 1, last_number FROM account;
  ALTER TABLE account DROP COLUMN last_number;
  ALTER TABLE account DROP COLUMN last_body;
  -- 'user', or 'anonymous': the stack of one push without a key.
  ALTER TABLE account ADD COLUMN kind TEXT NOT NULL DEFAULT 'user';
  -- Flushes that failed in a row, and when the next is tried.
  ALTER TABLE account ADD COLUMN archive_failures INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN archive_retry_at INTEGER NOT NULL DEFAULT 0;

  -- First answers name what was done.
  UPDATE requests SET answer = json_object('kind', 'pushed', 'facts', json_patch(answer, json_object(
    'revision', 1, 'alias', '', 'readsLeft', 0, 'updatedAtMs', answer ->> 'createdAtMs')));

  -- Reads by others than the owner. Outlives the snippet.
  CREATE TABLE read_counts (
    number INTEGER NOT NULL,
    -- In UTC, such as 2026-11.
    month TEXT NOT NULL,
    reads INTEGER NOT NULL,
    PRIMARY KEY (number, month)
  ) STRICT, WITHOUT ROWID;

  -- Tickets that open the live socket once; only as SHA-256.
  CREATE TABLE tickets (
    secret_hash BLOB PRIMARY KEY,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Records share objects in R2: an index row says in which object its record lies, and where.
  ALTER TABLE history ADD COLUMN object TEXT NOT NULL DEFAULT '';
  ALTER TABLE history ADD COLUMN record_offset INTEGER NOT NULL DEFAULT 0;
  -- NULL: the record is all of its object.
  ALTER TABLE history ADD COLUMN record_bytes INTEGER;
  ALTER TABLE history ADD COLUMN first_line TEXT NOT NULL DEFAULT '';
  ALTER TABLE history ADD COLUMN visibility TEXT NOT NULL DEFAULT 'unlisted';
  -- 1 where the record was asked for and R2 had it no more.
  ALTER TABLE history ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
  UPDATE history SET object = printf('%010d', number);

  -- What the search finds: words only, the text itself lies in R2. The row's id is the snippet's number.
  CREATE VIRTUAL TABLE history_words USING fts5(
    description, file_name, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
  INSERT INTO history_words (rowid, description, file_name, body) SELECT number, summary, file_name, '' FROM history;

  -- Objects in R2 that hold what is to be gone: each is written anew without that, or deleted.
  CREATE TABLE stale_objects (object TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO stale_objects SELECT printf('%010d', number) FROM removals;
  DELETE FROM history WHERE number IN (SELECT number FROM removals);
  DELETE FROM history_words WHERE rowid IN (SELECT number FROM removals);
  DROP TABLE removals;

  -- 0: nothing more is archived.
  ALTER TABLE account ADD COLUMN archive_enabled INTEGER NOT NULL DEFAULT 1;
  -- When its owner had it erased; the archive still has some of it.
  ALTER TABLE account ADD COLUMN erased_at INTEGER;
  `,
  `
  -- Where the owner is signed in by a browser; secrets only as SHA-256.
  CREATE TABLE sessions (
    number INTEGER PRIMARY KEY,
    secret_hash BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- From then on a key is refused; NULL where it has no end.
  ALTER TABLE keys ADD COLUMN ends_at INTEGER;
  -- To within an hour; NULL where it was never used.
  ALTER TABLE keys ADD COLUMN last_used_at INTEGER;

  -- One row: the highest number of a key that is gone. The next is above it and above all rows.
  CREATE TABLE gone_keys (
    singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
    highest_number INTEGER NOT NULL
  ) STRICT;

  -- What made the ticket, such as 'key 3': it ends with that.
  ALTER TABLE tickets ADD COLUMN bearer TEXT NOT NULL DEFAULT '';

  -- The lifetime of a push that says nothing of it.
  ALTER TABLE account ADD COLUMN default_ttl_seconds INTEGER NOT NULL DEFAULT 43200;

  -- Made anew, because the head must stay the last column.
  DROP VIEW stack;
  CREATE TABLE snippets_3 (
    number INTEGER PRIMARY KEY,
    -- From 1, rising with each replacement.
    revision INTEGER NOT NULL,
    text_encoding TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    -- Size as stored, head and chunks together.
    stored_bytes INTEGER NOT NULL,
    -- The first characters of the description: all that lists show.
    summary TEXT NOT NULL,
    -- The text's first line that isn't blank.
    first_line TEXT NOT NULL,
    -- NULL where the summary is the whole description; else it lies in chunks.
    description_encoding TEXT,
    description_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    visibility TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- JSON: see proof.ts.
    proof TEXT NOT NULL,
    alias TEXT,
    -- How many more may read it before it is gone; NULL where reading leaves it.
    reads_left INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- When the archive is to be told; NULL where it has nothing to hear.
    archive_due_at INTEGER,
    -- When it left the stack; NULL where it is on it.
    left_at INTEGER,
    -- A popped one stays until then for a retry of its pop.
    kept_until INTEGER,
    -- The name of the key that pushed or last replaced it; empty where none did.
    device TEXT NOT NULL DEFAULT '',
    -- The first chunk of the text as stored. The last column, so that lists don't read it.
    head BLOB NOT NULL
  ) STRICT;
  INSERT INTO snippets_3
    SELECT number, revision, text_encoding, text_bytes, stored_bytes, summary, first_line, description_encoding,
      description_bytes, sha256, language, visibility, file_name, proof, alias, reads_left, created_at, updated_at,
      expires_at, archive_due_at, left_at, kept_until, '', head
    FROM snippets;
  DROP TABLE snippets;
  ALTER TABLE snippets_3 RENAME TO snippets;
  CREATE UNIQUE INDEX snippets_by_alias ON snippets (alias) WHERE alias IS NOT NULL;
  CREATE VIEW stack AS SELECT * FROM snippets WHERE left_at IS NULL;

  -- First answers tell it, too.
  UPDATE requests SET answer = json_set(answer, '$.facts.device', '')
    WHERE answer ->> '$.kind' IN ('pushed', 'updated');
  `,
  `
  -- By whose word the owner signs in. The name is a hash of provider and subject; nothing else of the person is kept.
  CREATE TABLE identities (
    name TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    linked_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- JSON: by what a record's text was found clean and where it came from, see proof.ts.
  ALTER TABLE history ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}';
  `,
  `
  -- Pushes by request id after their first answers are forgotten, so that one that is sent again days later makes no
  -- second snippet. Filled from there by the alarm: no push pays for it.
  CREATE TABLE known_pushes (
    request_id TEXT PRIMARY KEY,
    -- JSON: where it was put, and the SHA-256 of its text; nothing of its words
    placed TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX known_pushes_by_age ON known_pushes (created_at);
  `,
];

/** Whether the schema stands, without creating anything. */
export function hasSchema(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'account'").toArray().length > 0;
}

/**
 * Brings the storage to a schema. Runs inside a transaction; may be repeated.
 * @param version the newest where none is named: only tests stop before it
 */
export function migrate(sql: SqlStorage, version = migrations.length): void {
  // PRAGMA user_version is refused in a Durable Object, so a table of our own counts.
  sql.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY) STRICT');
  const row = sql.exec('SELECT coalesce(max(version), 0) AS done FROM migrations').one();
  const done = Number(row['done']);
  migrations.slice(done, version).forEach((statements, index) => {
    sql.exec(statements);
    sql.exec('INSERT INTO migrations (version) VALUES (?)', done + index + 1);
  });
}
