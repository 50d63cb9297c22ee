import { DatabaseSync } from 'node:sqlite';
import type { OpenDriver, SqlRow } from './driver.ts';

export const openNodeSqlite: OpenDriver = (file, { readOnly }) => {
  const db = new DatabaseSync(file, { readOnly, timeout: 0 });
  return {
    module: 'node:sqlite',
    exec: (sql) => db.exec(sql),
    prepare: (sql) => {
      const statement = db.prepare(sql);
      return {
        run: (...values) => Number(statement.run(...values).changes),
        get: (...values) => statement.get(...values) as SqlRow | undefined,
        all: (...values) => statement.all(...values) as SqlRow[],
      };
    },
    get inTransaction() {
      return db.isTransaction;
    },
    close: () => db.close(),
  };
};
