/**
 * Handing out, in one round trip, to several replicas at once: a row that another one is taking is passed over. A
 * group's turn comes behind the one that was served last; each has the same share of what is asked for, and what one
 * leaves goes to who has more. Groups are found by one step in the index for each, not one for each row.
 */
export const botClaiming = `
CREATE FUNCTION autodevops_bot.claim_events(who text, milliseconds bigint, most integer, last_app text, last_team text)
RETURNS SETOF autodevops_bot.event LANGUAGE plpgsql AS $$
DECLARE
  moment bigint := autodevops_bot.moment();
  one_app text COLLATE "C";
  one_team text COLLATE "C";
  apps text[] := '{}';
  teams text[] := '{}';
  first_apps text[] := '{}';
  first_teams text[] := '{}';
  more_apps text[];
  more_teams text[];
  remaining integer := most;
  share integer;
  asked integer;
  got integer;
BEGIN
  PERFORM autodevops_bot.begin_statement();
  SELECT e.app, e.team INTO one_app, one_team FROM autodevops_bot.event e WHERE e.state = 'waiting' ORDER BY e.app, e.team LIMIT 1;
  WHILE FOUND LOOP
    IF (one_app, one_team) > (last_app, last_team) THEN
      apps := apps || one_app;
      teams := teams || one_team;
    ELSE
      first_apps := first_apps || one_app;
      first_teams := first_teams || one_team;
    END IF;
    SELECT e.app, e.team INTO one_app, one_team FROM autodevops_bot.event e
    WHERE e.state = 'waiting' AND (e.app, e.team) > (one_app, one_team) ORDER BY e.app, e.team LIMIT 1;
  END LOOP;
  apps := apps || first_apps;
  teams := teams || first_teams;
  WHILE remaining > 0 AND cardinality(apps) > 0 LOOP
    share := greatest(1, remaining / cardinality(apps));
    more_apps := '{}';
    more_teams := '{}';
    FOR n IN 1 .. cardinality(apps) LOOP
      asked := least(share, remaining);
      EXIT WHEN asked = 0;
      RETURN QUERY
        WITH next AS (
          SELECT e.sequence FROM autodevops_bot.event e
          WHERE e.state = 'waiting' AND e.app = apps[n] AND e.team = teams[n] AND e.due_at <= moment AND e.held_until <= moment
          ORDER BY e.due_at, e.sequence LIMIT asked FOR UPDATE SKIP LOCKED
        ), taken AS (
          UPDATE autodevops_bot.event e SET holder = who, held_until = moment + milliseconds, attempts = e.attempts + 1
          FROM next WHERE e.sequence = next.sequence RETURNING e.*
        )
        SELECT t.* FROM taken t ORDER BY t.due_at, t.sequence;
      GET DIAGNOSTICS got = ROW_COUNT;
      remaining := remaining - got;
      IF got = asked THEN
        more_apps := more_apps || apps[n];
        more_teams := more_teams || teams[n];
      END IF;
    END LOOP;
    apps := more_apps;
    teams := more_teams;
  END LOOP;
END $$;

CREATE FUNCTION autodevops_bot.claim_messages(who text, milliseconds bigint, most integer, of_lane text, due bigint, last text)
RETURNS SETOF autodevops_bot.message LANGUAGE plpgsql AS $$
DECLARE
  moment bigint := autodevops_bot.moment();
  one text COLLATE "C";
  customers text[] := '{}';
  first_customers text[] := '{}';
  more text[];
  remaining integer := most;
  share integer;
  asked integer;
  got integer;
BEGIN
  PERFORM autodevops_bot.begin_statement();
  SELECT m.customer INTO one FROM autodevops_bot.message m WHERE m.lane = of_lane AND m.ready ORDER BY m.customer LIMIT 1;
  WHILE FOUND LOOP
    IF one > last THEN customers := customers || one; ELSE first_customers := first_customers || one; END IF;
    SELECT m.customer INTO one FROM autodevops_bot.message m WHERE m.lane = of_lane AND m.ready AND m.customer > one ORDER BY m.customer LIMIT 1;
  END LOOP;
  customers := customers || first_customers;
  WHILE remaining > 0 AND cardinality(customers) > 0 LOOP
    share := greatest(1, remaining / cardinality(customers));
    more := '{}';
    FOREACH one IN ARRAY customers LOOP
      asked := least(share, remaining);
      EXIT WHEN asked = 0;
      RETURN QUERY
        WITH next AS (
          SELECT m.sequence FROM autodevops_bot.message m
          WHERE m.lane = of_lane AND m.customer = one AND m.ready AND m.due_at <= due AND m.held_until <= moment
          ORDER BY m.due_at, m.turn LIMIT asked FOR UPDATE SKIP LOCKED
        ), taken AS (
          UPDATE autodevops_bot.message m SET holder = who, held_until = moment + milliseconds, held_for = milliseconds, attempts = m.attempts + 1
          FROM next WHERE m.sequence = next.sequence RETURNING m.*
        )
        SELECT t.* FROM taken t ORDER BY t.due_at, t.turn;
      GET DIAGNOSTICS got = ROW_COUNT;
      remaining := remaining - got;
      IF got = asked THEN more := more || one; END IF;
    END LOOP;
    customers := more;
  END LOOP;
END $$;
`;
