import Database from 'better-sqlite3';
import type { OpenDriver, SqlRow } from './driver.ts';

export const openBetterSqlite3: OpenDriver = (file, { readOnly }) => {
  const db = new Database(file, { readonly: readOnly, timeout: 0 });
  return {
    module: 'better-sqlite3',
    exec: (sql) => void db.exec(sql),
    prepare: (sql) => {
      const statement = db.prepare(sql);
      return {
        run: (...values) => statement.run(...values).changes,
        get: (...values) => statement.get(...values) as SqlRow | undefined,
        all: (...values) => statement.all(...values) as SqlRow[],
      };
    },
    get inTransaction() {
      return db.inTransaction;
    },
    close: () => void db.close(),
  };
};
