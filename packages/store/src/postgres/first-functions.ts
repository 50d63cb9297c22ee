/**
 * What is done in one round trip. Plain plpgsql with the caller's own rights, so row security holds in them. Not one
 * statement with common table expressions: a statement sees what was committed when it began, before it got the lock;
 * each statement of a function sees what was committed when that one began.
 */
export const firstFunctions = `
-- Names the customer of the transaction, and lets nobody else write for that customer until it ends. So rows of the
-- audit chain, and cursors of the outbox, are committed in the order of their numbers: a follower misses none.
-- Statements of a function are planned once for a connection, and that plan is kept: so it may not be one that goes
-- through a whole table because that is small just now.
CREATE FUNCTION autodevops.begin_writing(whose text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.customer', whose, true), set_config('lock_timeout', '5s', true),
    set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('autodevops.store ' || whose, 0));
END $$;

CREATE FUNCTION autodevops.append_audit(entries text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own text := NULLIF(current_setting('app.customer', true), '');
  head bigint;
  last text;
  links text[];
  one text;
BEGIN
  IF cardinality(entries) = 0 THEN RETURN; END IF;
  SELECT a.sequence, a.hash INTO head, last FROM autodevops.audit a WHERE a.customer = own ORDER BY a.sequence DESC LIMIT 1;
  head := coalesce(head, 0);
  last := coalesce(last, repeat('0', 64));
  -- The hash before each row, and one more: that of the last.
  links := ARRAY[last];
  FOREACH one IN ARRAY entries LOOP
    last := encode(sha256(convert_to((head + cardinality(links)) || E'\\n' || last || E'\\n' || one, 'UTF8')), 'hex');
    links := links || last;
  END LOOP;
  INSERT INTO autodevops.audit (customer, sequence, previous, hash, entry)
  SELECT own, head + e.place, links[e.place], links[e.place + 1], e.entry FROM unnest(entries) WITH ORDINALITY AS e (entry, place);
END $$;

CREATE FUNCTION autodevops.append_outbox(events text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own text := NULLIF(current_setting('app.customer', true), '');
BEGIN
  IF cardinality(events) = 0 THEN RETURN; END IF;
  INSERT INTO autodevops.outbox (customer, cursor, event)
  SELECT own, coalesce((SELECT o.cursor FROM autodevops.outbox o WHERE o.customer = own ORDER BY o.cursor DESC LIMIT 1), 0) + e.place, e.event
  FROM unnest(events) WITH ORDINALITY AS e (event, place);
END $$;

-- Writes many records in one transaction, each whole or not at all, and says of each what became of it: 'written', or
-- 'fenced', 'found N' events, 'taken ID' by another journal. No two of them are of one journal or one key. Records are
-- columns here, one array each; their events, audit entries and outbox events say by number whose they are. A record of
-- no kind has audit and outbox alone.
CREATE FUNCTION autodevops.append_records(
  whose text, kinds text[], ids text[], afters integer[], first_times text[], last_times text[], endeds boolean[], keys text[], leases text[], fences bigint[],
  event_records integer[], events text[], audit_records integer[], audits text[], outbox_records integer[], outboxes text[]
) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  outcomes text[];
  sizes integer[];
BEGIN
  PERFORM autodevops.begin_writing(whose);
  SELECT array_agg(CASE
    WHEN r.lease IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM autodevops.lease l WHERE l.customer = whose AND l.name = r.lease AND l.fence = r.fence AND l.expires_at > clock_timestamp()) THEN 'fenced'
    WHEN r.kind = '' THEN 'written'
    WHEN r.held <> r.after THEN 'found ' || r.held
    ELSE coalesce('taken ' || (SELECT k.id FROM autodevops.journal_key k WHERE k.customer = whose AND k.kind = r.kind AND k.key = r.key), 'written')
  END ORDER BY r.place), array_agg(r.size ORDER BY r.place) INTO outcomes, sizes
  FROM (
    SELECT u.*, coalesce((SELECT j.sequence FROM autodevops.journal j WHERE j.customer = whose AND j.kind = u.kind AND j.id = u.id), 0) AS held,
      cardinality(array_positions(event_records, u.place::integer)) AS size
    FROM unnest(kinds, ids, afters, keys, leases, fences) WITH ORDINALITY AS u (kind, id, after, key, lease, fence, place)
  ) AS r;

  INSERT INTO autodevops.journal AS kept (customer, kind, id, number, sequence, first_time, last_time, ended)
  SELECT whose, kinds[p], ids[p],
    coalesce((SELECT j.number FROM autodevops.journal j WHERE j.customer = whose AND j.kind = kinds[p] AND j.number > 0 ORDER BY j.number DESC LIMIT 1), 0) + p,
    afters[p] + sizes[p], first_times[p], last_times[p], endeds[p]
  FROM generate_subscripts(kinds, 1) AS p WHERE outcomes[p] = 'written' AND sizes[p] > 0
  ON CONFLICT (customer, kind, id) DO UPDATE SET sequence = excluded.sequence, last_time = excluded.last_time, ended = excluded.ended;

  IF array_remove(keys, NULL) <> '{}' THEN
    INSERT INTO autodevops.journal_key (customer, kind, key, id)
    SELECT whose, kinds[p], keys[p], ids[p] FROM generate_subscripts(kinds, 1) AS p WHERE outcomes[p] = 'written' AND keys[p] IS NOT NULL;
  END IF;

  INSERT INTO autodevops.journal_event (customer, kind, id, sequence, event)
  SELECT whose, kinds[e.record], ids[e.record], afters[e.record] + row_number() OVER (PARTITION BY e.record ORDER BY e.place), e.event
  FROM unnest(event_records, events) WITH ORDINALITY AS e (record, event, place) WHERE outcomes[e.record] = 'written';

  IF 'written' = ALL (outcomes) THEN
    PERFORM autodevops.append_audit(audits), autodevops.append_outbox(outboxes);
  ELSE
    PERFORM autodevops.append_audit(ARRAY(SELECT a.entry FROM unnest(audit_records, audits) WITH ORDINALITY AS a (record, entry, place) WHERE outcomes[a.record] = 'written' ORDER BY a.place)),
      autodevops.append_outbox(ARRAY(SELECT o.event FROM unnest(outbox_records, outboxes) WITH ORDINALITY AS o (record, event, place) WHERE outcomes[o.record] = 'written' ORDER BY o.place));
  END IF;
  RETURN outcomes;
END $$;
`;
