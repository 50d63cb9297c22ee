/** What a column holds, and what a statement is given. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface SqlStatement {
  /** How many rows it changed. */
  run(...values: readonly SqlValue[]): number;
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

/**
 * The little of SQLite that the store needs, so that two modules can give it. Everything is synchronous; no call waits
 * for a lock (the timeout is 0): who waits does so outside, without holding up the process.
 */
export interface SqliteDriver {
  readonly module: 'better-sqlite3' | 'node:sqlite';
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  readonly inTransaction: boolean;
  close(): void;
}

export type OpenDriver = (file: string, options: { readonly readOnly: boolean }) => SqliteDriver;
