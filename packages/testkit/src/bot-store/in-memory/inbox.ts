import type { Inbox } from '@autodevops/domain/ports/bot-store';
import { copied } from '../../store/in-memory/state.ts';
import { holdLost, inTurn, instant, nameOf, nextNumber, requireName } from './state.ts';
import type { BotSession, EventRow } from './state.ts';

const groupOf = ({ event }: EventRow): string => nameOf(event.app, event.team);

/** Within the caller's write. Throws `store.fenced` unless it is held, or was settled, by this holder. */
export function requireEvent(
  { state }: BotSession,
  settled: { readonly id: string; readonly holder: string } | undefined,
): void {
  if (settled === undefined) return;
  const row = state.events.get(settled.id);
  if (row === undefined || row.holder !== settled.holder || row.state === 'dead') {
    throw holdLost(`The event ${settled.id}`);
  }
}

export function settleEvent({ state }: BotSession, id: string, holder: string): void {
  const row = state.events.get(id);
  if (row === undefined || row.state !== 'waiting' || holder === '' || row.holder !== holder) return;
  row.state = 'settled';
  row.event = { ...row.event, payload: {} };
}

function claimable({ state, now }: BotSession): readonly EventRow[] {
  return [...state.events.values()]
    .filter((row) => row.state === 'waiting' && row.dueAt <= now() && row.heldUntil <= now())
    .toSorted((a, b) => a.dueAt - b.dueAt || a.sequence - b.sequence);
}

export function inboxIn(session: BotSession): Inbox {
  const { state, now, write } = session;
  const ofHolder = (id: string, holder: string, change: (row: EventRow) => void): void => {
    const row = state.events.get(id);
    if (row?.state === 'waiting' && holder !== '' && row.holder === holder) change(row);
  };
  return {
    accept: (event, hold) =>
      write('inbox', () => {
        instant(event.receivedAt);
        requireName(event.id);
        if (state.events.has(event.id)) return false;
        state.events.set(event.id, {
          event: copied(event),
          sequence: nextNumber(state),
          state: 'waiting',
          attempts: hold === undefined ? 0 : 1,
          dueAt: 0,
          why: '',
          deadNumber: 0,
          holder: hold?.holder ?? '',
          heldUntil: hold === undefined ? 0 : now() + hold.milliseconds,
        });
        return true;
      }),
    claim: ({ holder, milliseconds, limit }) =>
      write('inbox', () => {
        const taken = inTurn(claimable(session), groupOf, state.turns.get('inbox') ?? '', limit);
        const last = taken.at(-1);
        if (last !== undefined) state.turns.set('inbox', groupOf(last));
        for (const row of taken) {
          Object.assign(row, { holder, heldUntil: now() + milliseconds, attempts: row.attempts + 1 });
        }
        return taken.map(({ event, attempts }) => ({ ...copied(event), attempt: attempts }));
      }),
    renew: (ids, { holder, milliseconds }) =>
      write('inbox', () => {
        for (const id of ids) ofHolder(id, holder, (row) => void (row.heldUntil = now() + milliseconds));
      }),
    settle: (id, holder) => write('inbox', () => settleEvent(session, id, holder)),
    defer: (id, holder, until, why) =>
      write('inbox', () => {
        const dueAt = instant(until);
        ofHolder(id, holder, (row) => void Object.assign(row, { dueAt, why, holder: '', heldUntil: 0 }));
      }),
    giveUp: (id, holder, why) =>
      write('inbox', () => {
        ofHolder(
          id,
          holder,
          (row) =>
            void Object.assign(row, { state: 'dead', why, holder: '', heldUntil: 0, deadNumber: nextNumber(state) }),
        );
      }),
    dead: async (limit) =>
      [...state.events.values()]
        .filter((row) => row.state === 'dead')
        .toSorted((a, b) => b.deadNumber - a.deadNumber)
        .slice(0, limit)
        .map(({ event: { id, handler, app, team, receivedAt }, why, attempts }) => ({
          id,
          handler,
          app,
          team,
          receivedAt,
          why,
          attempts,
        })),
    revive: (id) =>
      write('inbox', () => {
        const row = state.events.get(id);
        if (row?.state !== 'dead') return false;
        Object.assign(row, { state: 'waiting', dueAt: 0, attempts: 0 });
        return true;
      }),
    drop: (id) =>
      write('inbox', () => {
        const row = state.events.get(id);
        if (row?.state !== 'dead') return false;
        row.state = 'settled';
        row.event = { ...row.event, payload: {} };
        return true;
      }),
    prune: (before, limit) =>
      write('inbox', () => {
        const time = instant(before);
        const over = [...state.events.values()]
          .filter((row) => row.state === 'settled' && instant(row.event.receivedAt) < time)
          .toSorted((a, b) => instant(a.event.receivedAt) - instant(b.event.receivedAt))
          .slice(0, limit);
        for (const { event } of over) state.events.delete(event.id);
        return over.length;
      }),
  };
}
