/** Ids that are good once, until what they are of has ended. */
export const spentIds = `
CREATE TABLE autodevops.spent_id (
  customer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (customer, id)
);
CREATE INDEX spent_id_until ON autodevops.spent_id (customer, until);
ALTER TABLE autodevops.spent_id ENABLE ROW LEVEL SECURITY;
ALTER TABLE autodevops.spent_id FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON autodevops.spent_id
  USING (customer = NULLIF(current_setting('app.customer', true), ''))
  WITH CHECK (customer = NULLIF(current_setting('app.customer', true), ''));
`;
