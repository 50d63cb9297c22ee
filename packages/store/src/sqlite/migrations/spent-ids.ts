/** Ids that are good once, until what they are of has ended. Times are milliseconds since 1970; ids as `toStored` writes them. */
export const spentIds = `
CREATE TABLE spent_id (
  id TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_id_until ON spent_id (until);
`;
