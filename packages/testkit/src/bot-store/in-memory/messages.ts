import type { KeptMessage, Lane, Messages, WantedMessage } from '@autodevops/domain/ports/bot-store';
import { copied } from '../../store/in-memory/state.ts';
import { requireEvent, settleEvent } from './inbox.ts';
import { conflict, holdLost, inTurn, instant, nameOf, nextNumber, requireName } from './state.ts';
import type { BotSession, MessageRow } from './state.ts';

function kept({
  wanted,
  sequence,
  deliveredDigest,
  ts,
  attempts,
  isUncertain,
  firstWantedAt,
}: MessageRow): KeptMessage {
  return copied({
    ...wanted,
    sequence,
    deliveredDigest,
    ts,
    attempts,
    isUncertain,
    firstWantedAt: new Date(firstWantedAt).toISOString(),
  });
}

function withoutContent(row: MessageRow): Omit<KeptMessage, 'content'> & { readonly why: string } {
  const { content: _, ...rest } = kept(row);
  return { ...rest, why: row.why };
}

function waitAgain({ state, now }: BotSession, row: MessageRow): void {
  Object.assign(row, { state: 'waiting', turn: nextNumber(state), waitingSince: now() });
}

function addRow({ state, now }: BotSession, wanted: WantedMessage): void {
  const number = nextNumber(state);
  state.messages.set(wanted.key, {
    wanted: copied(wanted),
    sequence: number,
    turn: number,
    state: 'waiting',
    deliveredDigest: '',
    ts: '',
    attempts: 0,
    isUncertain: false,
    firstWantedAt: now(),
    waitingSince: now(),
    deliveredAt: 0,
    dueAt: 0,
    heldFor: 0,
    why: '',
    holder: '',
    heldUntil: 0,
  });
}

function drop(row: MessageRow): void {
  row.wanted = { ...row.wanted, content: {} };
}

function wantOne(session: BotSession, wanted: WantedMessage): void {
  const row = session.state.messages.get(wanted.key);
  if (row === undefined) return addRow(session, wanted);
  if (row.wanted.digest === wanted.digest) return;
  row.wanted = { ...row.wanted, digest: wanted.digest, content: copied(wanted.content) };
  if (row.state !== 'waiting') {
    if (row.state === 'dead') Object.assign(row, { attempts: 0, dueAt: 0 });
    waitAgain(session, row);
  } else if (row.ts !== '' && row.deliveredDigest === wanted.digest && row.attempts === 0) {
    // Slack has it again already; nobody began to say otherwise.
    row.state = 'settled';
    drop(row);
  }
}

/** What waits for a message that nobody wants any more. */
function forgetThread({ state }: BotSession, { wanted: { key, customer } }: MessageRow): void {
  for (const [reply, { wanted, ts, state: is }] of state.messages) {
    if (wanted.place.parent === key && wanted.customer === customer && ts === '' && is === 'waiting') {
      state.messages.delete(reply);
    }
  }
}

/** A key belongs to the customer who used it first. */
function requireOwn({ state }: BotSession, messages: readonly WantedMessage[]): void {
  const owners = new Map<string, string>();
  for (const { key, customer } of messages) {
    requireName(key);
    const owner = state.messages.get(key)?.wanted.customer ?? owners.get(key) ?? customer;
    if (owner !== customer) throw conflict(`The message ${key} belongs to another customer.`);
    owners.set(key, owner);
  }
}

/** Of new messages the first of its channel that waits for no parent, and every change. */
function claimable({ state, now }: BotSession, lane: Lane, due: number): readonly MessageRow[] {
  const heads = new Set<string>();
  const isNext = ({ ts, wanted: { customer, place } }: MessageRow): boolean => {
    if (ts !== '') return true;
    const parent = place.parent === undefined ? undefined : state.messages.get(place.parent);
    if (
      place.parent !== undefined &&
      (parent === undefined || parent.ts === '' || parent.wanted.customer !== customer)
    ) {
      return false;
    }
    const channel = nameOf(customer, place.app, place.team, place.channel);
    return !heads.has(channel) && heads.add(channel) !== undefined;
  };
  const waiting = [...state.messages.values()].filter((row) => row.state === 'waiting' && row.wanted.lane === lane);
  const isFree = (row: MessageRow): boolean => row.heldUntil <= now() && row.dueAt <= due;
  // One that is on its way keeps its channel, whatever came before it meanwhile.
  for (const {
    ts,
    holder,
    wanted: { customer, place },
  } of waiting) {
    if (ts === '' && holder !== '') heads.add(nameOf(customer, place.app, place.team, place.channel));
  }
  const held = waiting.filter((row) => row.holder !== '' && isFree(row));
  const rest = waiting
    .filter((row) => row.holder === '')
    .toSorted((a, b) => a.sequence - b.sequence)
    .filter(isNext)
    .filter(isFree);
  return [...held, ...rest].toSorted((a, b) => a.dueAt - b.dueAt || a.turn - b.turn);
}

function claim(
  session: BotSession,
  { holder, milliseconds, limit, lane, now }: Parameters<Messages['claim']>[0],
): readonly KeptMessage[] {
  const { turns } = session.state;
  const taken = inTurn(
    claimable(session, lane, instant(now)),
    ({ wanted }) => wanted.customer,
    turns.get(lane) ?? '',
    limit,
  );
  const last = taken.at(-1);
  if (last !== undefined) turns.set(lane, last.wanted.customer);
  for (const row of taken) {
    Object.assign(row, {
      holder,
      heldUntil: session.now() + milliseconds,
      heldFor: milliseconds,
      attempts: row.attempts + 1,
    });
  }
  return taken.map(kept);
}

function delivered(
  session: BotSession,
  row: MessageRow,
  { digest, ts }: { readonly digest: string; readonly ts: string },
): void {
  Object.assign(row, {
    ts,
    deliveredDigest: digest,
    isUncertain: false,
    attempts: 0,
    dueAt: 0,
    holder: '',
    heldUntil: 0,
    deliveredAt: session.now(),
  });
  if (row.wanted.digest !== digest) return waitAgain(session, row);
  row.state = 'settled';
  drop(row);
}

function backlog(rows: Iterable<MessageRow>): Awaited<ReturnType<Messages['backlog']>> {
  const waiting = [...rows].filter(({ state }) => state === 'waiting');
  return (['interactive', 'stream', 'incident'] as const).flatMap((lane) => {
    const times = waiting.filter(({ wanted }) => wanted.lane === lane).map(({ waitingSince }) => waitingSince);
    return times.length === 0
      ? []
      : [{ lane, count: times.length, oldest: new Date(Math.min(...times)).toISOString() }];
  });
}

function prune({ state }: BotSession, before: number, limit: number): number {
  const parents = new Set([...state.messages.values()].map(({ wanted }) => wanted.place.parent));
  const over = [...state.messages.values()]
    .filter((row) => row.state === 'settled' && row.deliveredAt < before && !parents.has(row.wanted.key))
    .toSorted((a, b) => a.deliveredAt - b.deliveredAt)
    .slice(0, limit);
  for (const { wanted } of over) state.messages.delete(wanted.key);
  return over.length;
}

export function messagesIn(session: BotSession): Messages {
  const { state, now, write } = session;
  const heldBy = (key: string, holder: string): MessageRow | undefined => {
    const row = state.messages.get(key);
    return row?.state === 'waiting' && row.holder !== '' && row.holder === holder ? row : undefined;
  };
  const ofHolder = (key: string, holder: string, change: (row: MessageRow) => void): Promise<void> =>
    write('messages', () => {
      const row = heldBy(key, holder);
      if (row !== undefined) change(row);
    });
  return {
    want: (messages, settled) =>
      write('messages', () => {
        requireEvent(session, settled);
        requireOwn(session, messages);
        for (const message of messages) wantOne(session, message);
        if (settled !== undefined) settleEvent(session, settled.id, settled.holder);
      }),
    claim: (options) => write('messages', () => claim(session, options)),
    renew: (keys, { holder, milliseconds }) =>
      write('messages', () => {
        for (const key of keys) {
          const row = heldBy(key, holder);
          if (row !== undefined) row.heldUntil = now() + milliseconds;
        }
      }),
    sending: (key, holder) =>
      write('messages', () => {
        const row = heldBy(key, holder);
        if (row === undefined) throw holdLost(`The message ${key}`);
        Object.assign(row, { isUncertain: row.ts === '', heldUntil: now() + row.heldFor });
      }),
    delivered: (key, holder, done) => ofHolder(key, holder, (row) => delivered(session, row, done)),
    defer: async (key, holder, until, why, isUncertain) => {
      const dueAt = instant(until);
      await ofHolder(
        key,
        holder,
        (row) =>
          void Object.assign(row, { dueAt, why, isUncertain: isUncertain && row.ts === '', holder: '', heldUntil: 0 }),
      );
    },
    giveUp: (key, holder, why) =>
      ofHolder(
        key,
        holder,
        (row) => void Object.assign(row, { state: 'dead', why, holder: '', heldUntil: 0, turn: nextNumber(state) }),
      ),
    byKey: async (key) => [state.messages.get(key)].flatMap((row) => (row === undefined ? [] : [kept(row)]))[0],
    at: async ({ team, channel, ts }) =>
      [...state.messages.values()]
        .filter(
          (row) => ts !== '' && row.ts === ts && row.wanted.place.team === team && row.wanted.place.channel === channel,
        )
        .map(kept)[0],
    dead: async (limit) =>
      [...state.messages.values()]
        .filter((row) => row.state === 'dead')
        .toSorted((a, b) => b.turn - a.turn)
        .slice(0, limit)
        .map(withoutContent),
    revive: (key) =>
      write('messages', () => {
        const row = state.messages.get(key);
        if (row?.state !== 'dead') return false;
        Object.assign(row, { attempts: 0, dueAt: 0 });
        waitAgain(session, row);
        return true;
      }),
    drop: (key) =>
      write('messages', () => {
        const row = state.messages.get(key);
        if (row?.state !== 'dead') return false;
        Object.assign(row, { state: 'settled', attempts: 0, dueAt: 0, deliveredAt: now() });
        drop(row);
        if (row.ts === '') forgetThread(session, row);
        return true;
      }),
    backlog: async () => backlog(state.messages.values()),
    prune: (before, limit) => write('messages', () => prune(session, instant(before), limit)),
  };
}
