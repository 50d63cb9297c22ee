/** Every table begins with whose row it is, and shows a session the rows of the customer that its transaction names. */
const tables = [
  'journal',
  'journal_key',
  'journal_event',
  'audit',
  'audit_checkpoint',
  'outbox',
  'lease',
  'person',
  'account',
  'setting',
  'memory',
] as const;

const rowSecurity = tables
  .map(
    (table) => `
ALTER TABLE autodevops.${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE autodevops.${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON autodevops.${table}
  USING (customer = NULLIF(current_setting('app.customer', true), ''))
  WITH CHECK (customer = NULLIF(current_setting('app.customer', true), ''));`,
  )
  .join('\n');

const appendOnly = ['journal_event', 'audit']
  .map(
    (table) => `
CREATE TRIGGER ${table}_stays BEFORE UPDATE OR DELETE ON autodevops.${table} FOR EACH ROW EXECUTE FUNCTION autodevops.refuse_change();
CREATE TRIGGER ${table}_is_kept BEFORE TRUNCATE ON autodevops.${table} FOR EACH STATEMENT EXECUTE FUNCTION autodevops.refuse_change();`,
  )
  .join('\n');

/** Text columns that are keys hold text as \`toStored\` writes it; the others hold JSON as text, which may say what jsonb cannot. */
export const firstTables = `
CREATE TABLE autodevops.journal (
  customer text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  sequence integer NOT NULL,
  first_time text NOT NULL,
  last_time text NOT NULL,
  ended boolean NOT NULL,
  PRIMARY KEY (customer, kind, id)
);
-- The condition holds for every row; it keeps this index for lists, which say it too. Without statistics the planner
-- takes it for as good as the primary key where one journal is looked for, and goes through all of them.
CREATE UNIQUE INDEX journal_by_number ON autodevops.journal (customer, kind, number) WHERE number > 0;
CREATE INDEX journal_open ON autodevops.journal (customer, kind, number) WHERE NOT ended;

CREATE TABLE autodevops.journal_key (
  customer text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (customer, kind, key)
);

CREATE TABLE autodevops.journal_event (
  customer text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  sequence integer NOT NULL,
  event text NOT NULL,
  PRIMARY KEY (customer, kind, id, sequence)
);

CREATE TABLE autodevops.audit (
  customer text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  entry text NOT NULL,
  PRIMARY KEY (customer, sequence)
);

CREATE TABLE autodevops.audit_checkpoint (
  customer text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  checkpoint text NOT NULL,
  PRIMARY KEY (customer, number)
);

CREATE TABLE autodevops.outbox (
  customer text COLLATE "C" NOT NULL,
  cursor bigint NOT NULL,
  event text NOT NULL,
  PRIMARY KEY (customer, cursor)
);

CREATE TABLE autodevops.lease (
  customer text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  holder text COLLATE "C" NOT NULL,
  fence bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (customer, name)
);

CREATE TABLE autodevops.person (
  customer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  person text NOT NULL,
  PRIMARY KEY (customer, id)
);
CREATE TABLE autodevops.account (
  customer text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  PRIMARY KEY (customer, account)
);
CREATE INDEX account_by_person ON autodevops.account (customer, person);

CREATE TABLE autodevops.setting (
  customer text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (customer, name)
);

CREATE TABLE autodevops.memory (
  customer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  kind text COLLATE "C" NOT NULL,
  thread text COLLATE "C" NOT NULL,
  time text COLLATE "C" NOT NULL,
  entry text NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (customer, id)
);
CREATE INDEX memory_by_thread ON autodevops.memory (customer, thread, time, number);
${rowSecurity}

CREATE FUNCTION autodevops.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME;
END $$;
${appendOnly}
`;
