import type { SqliteDriver, SqlRow, SqlStatement, SqlValue } from './driver/driver.ts';

/** Runs SQL by its text; each text is prepared once. Text in a statement is always bound, never written into it. */
export interface Statements {
  run(sql: string, ...values: readonly SqlValue[]): number;
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
}

export function statements(driver: SqliteDriver): Statements {
  const prepared = new Map<string, SqlStatement>();
  const statement = (sql: string): SqlStatement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = driver.prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
  return {
    run: (sql, ...values) => statement(sql).run(...values),
    get: (sql, ...values) => statement(sql).get(...values),
    all: (sql, ...values) => statement(sql).all(...values),
  };
}

/** A column that the schema says is text. */
export function text(row: SqlRow | undefined, column: string): string {
  return String(row?.[column] ?? '');
}

/** A column that the schema says is a number; 0 where there is no row. */
export function number(row: SqlRow | undefined, column: string): number {
  return Number(row?.[column] ?? 0);
}
