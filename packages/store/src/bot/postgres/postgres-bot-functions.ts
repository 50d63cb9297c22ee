/**
 * What is done in one round trip, with the caller's own rights. Who adds, ends or lets go messages of a customer does so
 * alone (`hold_customer`): so their order is that of their commits, and which of a channel comes next is decided by one.
 * Claiming needs no such lock: it takes rows that are ready, by their own locks.
 */
export const botFunctions = `
CREATE FUNCTION autodevops_bot.moment() RETURNS bigint LANGUAGE sql AS $$
  SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;

-- Statements of a function are planned once for a connection: so it may not be a plan that goes through a whole table
-- because that is small just now.
CREATE FUNCTION autodevops_bot.begin_statement() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('lock_timeout', '5s', true), set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
END $$;

-- Leases name whose they are: the bot's.
CREATE FUNCTION autodevops_bot.begin_writing(whose text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.customer', whose, true), autodevops_bot.begin_statement();
END $$;

CREATE FUNCTION autodevops_bot.hold_customer(whose text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('autodevops_bot ' || whose, 0));
END $$;

-- Of the new messages of a channel and a lane the first is ready, unless somebody holds one: two are never on their way.
CREATE FUNCTION autodevops_bot.choose_head(one autodevops_bot.message) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE autodevops_bot.message m SET ready = false
  WHERE m.lane = one.lane AND m.customer = one.customer AND m.app = one.app AND m.team = one.team AND m.channel = one.channel AND m.ready AND m.ts = '' AND m.holder = '';
  IF EXISTS (
    SELECT FROM autodevops_bot.message m
    WHERE m.lane = one.lane AND m.customer = one.customer AND m.app = one.app AND m.team = one.team AND m.channel = one.channel AND m.ready AND m.ts = '') THEN RETURN; END IF;
  UPDATE autodevops_bot.message m SET ready = true WHERE m.sequence = (
    SELECT n.sequence FROM autodevops_bot.message n
    WHERE n.lane = one.lane AND n.customer = one.customer AND n.app = one.app AND n.team = one.team AND n.channel = one.channel AND n.state = 'waiting' AND n.ts = '' AND NOT n.blocked
    ORDER BY n.sequence LIMIT 1);
END $$;

CREATE FUNCTION autodevops_bot.wait_again(one autodevops_bot.message) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE autodevops_bot.message m
  SET state = 'waiting', ready = (m.ts <> ''), turn = nextval('autodevops_bot.number'), waiting_since = autodevops_bot.moment(), attempts = 0, due_at = 0
  WHERE m.sequence = one.sequence;
  IF one.ts = '' THEN PERFORM autodevops_bot.choose_head(one); END IF;
END $$;

-- The error AD001 says that a key belongs to another customer, AD002 that the event is held by somebody else.
CREATE FUNCTION autodevops_bot.want(
  event_id text, who text, keys text[], customers text[], lanes text[], apps text[], teams text[], channels text[],
  parents text[], thread_tss text[], digests text[], contents text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept autodevops_bot.message%ROWTYPE;
  is_blocked boolean;
BEGIN
  PERFORM autodevops_bot.begin_statement();
  PERFORM autodevops_bot.hold_customer(c.name) FROM (SELECT DISTINCT u.name FROM unnest(customers) AS u (name) ORDER BY u.name) AS c;
  IF event_id IS NOT NULL THEN
    -- A holder that came to its end has settled: his asking again is nothing.
    UPDATE autodevops_bot.event e SET state = 'settled', payload = NULL WHERE e.id = event_id AND e.holder = who AND e.holder <> '' AND e.state <> 'dead';
    IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'AD002', MESSAGE = 'held by another'; END IF;
  END IF;
  FOR n IN 1 .. cardinality(keys) LOOP
    SELECT * INTO kept FROM autodevops_bot.message m WHERE m.key = keys[n] FOR UPDATE;
    IF NOT FOUND THEN
      is_blocked := parents[n] IS NOT NULL AND NOT EXISTS (SELECT FROM autodevops_bot.message m WHERE m.key = parents[n] AND m.customer = customers[n] AND m.ts <> '');
      INSERT INTO autodevops_bot.message (key, customer, lane, app, team, channel, parent, thread_ts, digest, content, blocked, ready, first_wanted_at, waiting_since)
      VALUES (keys[n], customers[n], lanes[n], apps[n], teams[n], channels[n], parents[n], thread_tss[n], digests[n], contents[n], is_blocked,
        NOT is_blocked AND NOT EXISTS (
          SELECT FROM autodevops_bot.message m
          WHERE m.lane = lanes[n] AND m.customer = customers[n] AND m.app = apps[n] AND m.team = teams[n] AND m.channel = channels[n] AND m.state = 'waiting' AND m.ts = '' AND NOT m.blocked),
        autodevops_bot.moment(), autodevops_bot.moment())
      ON CONFLICT (key) DO NOTHING;
      -- Only another customer's can have come meanwhile.
      IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'of another customer', DETAIL = keys[n]; END IF;
      CONTINUE;
    END IF;
    IF kept.customer <> customers[n] THEN RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'of another customer', DETAIL = keys[n]; END IF;
    CONTINUE WHEN kept.digest = digests[n];
    UPDATE autodevops_bot.message m SET digest = digests[n], content = contents[n] WHERE m.sequence = kept.sequence;
    IF kept.state <> 'waiting' THEN
      PERFORM autodevops_bot.wait_again(kept);
    ELSIF kept.ts <> '' AND kept.delivered_digest = digests[n] AND kept.attempts = 0 THEN
      -- Slack has it again already; nobody began to say otherwise.
      UPDATE autodevops_bot.message m SET state = 'settled', ready = false, content = NULL WHERE m.sequence = kept.sequence;
    END IF;
  END LOOP;
END $$;

-- The message that this holder has, locked, with the customer held before it; no row when he lost it.
CREATE FUNCTION autodevops_bot.held_message(of_key text, who text) RETURNS SETOF autodevops_bot.message LANGUAGE plpgsql AS $$
DECLARE
  own text;
BEGIN
  PERFORM autodevops_bot.begin_statement();
  SELECT m.customer INTO own FROM autodevops_bot.message m WHERE m.key = of_key;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM autodevops_bot.hold_customer(own);
  RETURN QUERY SELECT m.* FROM autodevops_bot.message m WHERE m.key = of_key AND m.holder = who AND m.holder <> '' AND m.state = 'waiting' FOR UPDATE;
END $$;

CREATE FUNCTION autodevops_bot.delivered(of_key text, who text, said text, stands text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept autodevops_bot.message%ROWTYPE;
  one autodevops_bot.message%ROWTYPE;
BEGIN
  SELECT * INTO kept FROM autodevops_bot.held_message(of_key, who);
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE autodevops_bot.message m SET ts = stands, delivered_digest = said, delivered_at = autodevops_bot.moment(), uncertain = false, attempts = 0, due_at = 0,
    holder = '', held_until = 0, state = 'settled', ready = false, content = CASE WHEN m.digest = said THEN NULL ELSE m.content END
  WHERE m.sequence = kept.sequence;
  IF kept.digest <> said THEN
    one := kept;
    one.ts := stands;
    PERFORM autodevops_bot.wait_again(one);
  END IF;
  IF kept.ts <> '' THEN RETURN; END IF;
  UPDATE autodevops_bot.message m SET blocked = false WHERE m.parent = kept.key AND m.customer = kept.customer AND m.blocked;
  FOR one IN
    SELECT DISTINCT ON (m.lane, m.app, m.team, m.channel) m.* FROM autodevops_bot.message m
    WHERE m.parent = kept.key AND m.customer = kept.customer AND m.state = 'waiting' AND m.ts = ''
  LOOP
    PERFORM autodevops_bot.choose_head(one);
  END LOOP;
  PERFORM autodevops_bot.choose_head(kept);
END $$;

CREATE FUNCTION autodevops_bot.give_up(of_key text, who text, because text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept autodevops_bot.message%ROWTYPE;
BEGIN
  SELECT * INTO kept FROM autodevops_bot.held_message(of_key, who);
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE autodevops_bot.message m SET state = 'dead', ready = false, turn = nextval('autodevops_bot.number'), why = because, holder = '', held_until = 0 WHERE m.sequence = kept.sequence;
  IF kept.ts = '' THEN PERFORM autodevops_bot.choose_head(kept); END IF;
END $$;

CREATE FUNCTION autodevops_bot.revive(of_key text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  own text;
  kept autodevops_bot.message%ROWTYPE;
BEGIN
  PERFORM autodevops_bot.begin_statement();
  SELECT m.customer INTO own FROM autodevops_bot.message m WHERE m.key = of_key;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM autodevops_bot.hold_customer(own);
  SELECT * INTO kept FROM autodevops_bot.message m WHERE m.key = of_key AND m.state = 'dead' FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM autodevops_bot.wait_again(kept);
  RETURN true;
END $$;
`;
