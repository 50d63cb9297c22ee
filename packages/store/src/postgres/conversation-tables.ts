const tables = ['conversation', 'conversation_turn'] as const;

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

/** Conversations with the words of their titles and turns. What is over may be removed, but never the newest event of the outbox. */
export const conversationTables = `
CREATE TABLE autodevops.conversation (
  customer text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  owner text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  title text NOT NULL,
  begun_at text COLLATE "C" NOT NULL,
  updated_at text COLLATE "C" NOT NULL,
  turns integer NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (customer, id)
);
CREATE INDEX conversation_by_owner ON autodevops.conversation (customer, owner, updated_at, number);
CREATE INDEX conversation_by_age ON autodevops.conversation (customer, updated_at, number);

CREATE TABLE autodevops.conversation_turn (
  customer text COLLATE "C" NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  sequence integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  turn text NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (customer, conversation, sequence),
  UNIQUE (customer, conversation, key),
  FOREIGN KEY (customer, conversation) REFERENCES autodevops.conversation (customer, id) ON DELETE CASCADE
);

CREATE INDEX memory_by_age ON autodevops.memory (customer, time, number);
${rowSecurity}

CREATE FUNCTION autodevops.refuse_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM autodevops.outbox o WHERE o.customer = OLD.customer AND o.cursor > OLD.cursor) THEN
    RAISE EXCEPTION 'a cursor is never used twice';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER outbox_newest_is_kept BEFORE DELETE ON autodevops.outbox FOR EACH ROW EXECUTE FUNCTION autodevops.refuse_newest();
CREATE TRIGGER outbox_is_kept BEFORE TRUNCATE ON autodevops.outbox FOR EACH STATEMENT EXECUTE FUNCTION autodevops.refuse_change();
`;
