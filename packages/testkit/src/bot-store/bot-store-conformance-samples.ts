import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type {
  BotStore,
  InboundEvent,
  KeptInstallation,
  KeptMessage,
  Lane,
  WantedMessage,
} from '@autodevops/domain/ports/bot-store';

/** Later than what tests defer to, earlier than nothing. */
export const now = '2026-01-01T12:00:00.000Z';
export const later = '2026-01-01T12:01:00.000Z';

export function inbound(id: string, changes: Partial<InboundEvent> = {}): InboundEvent {
  return {
    id,
    handler: 'event.app_mention',
    app: 'A1',
    team: 'T1',
    receivedAt: now,
    payload: { text: `of ${id}` },
    ...changes,
  };
}

/** `place` without what it has in common with the others. */
export function wanted(
  key: string,
  text: string,
  {
    place = {},
    ...changes
  }: Partial<Omit<WantedMessage, 'place'>> & { readonly place?: Partial<WantedMessage['place']> } = {},
): WantedMessage {
  return {
    key,
    customer: 'acme',
    lane: 'incident',
    content: { text },
    digest: `sha256:${text}`,
    ...changes,
    place: { app: 'A1', team: 'T1', channel: 'C1', ...place },
  };
}

export function installation(
  changes: Partial<Omit<KeptInstallation, 'version'>> = {},
): Omit<KeptInstallation, 'version'> {
  return {
    app: 'A1',
    team: 'T1',
    enterprise: '',
    customer: 'acme',
    botUser: 'U1',
    sealed: 'sealed',
    installedAt: now,
    ...changes,
  };
}

interface Claiming {
  readonly holder?: string;
  readonly lane?: Lane;
  readonly limit?: number;
  readonly milliseconds?: number;
  readonly at?: string;
}

export function claimed(
  store: BotStore,
  { holder = 'me', lane = 'incident', limit = 100, milliseconds = 60_000, at = now }: Claiming = {},
): Promise<readonly KeptMessage[]> {
  return store.messages.claim({ holder, lane, limit, milliseconds, now: at });
}

/** The keys of what is claimed, and by it nobody else's for a while. */
export async function claimedKeys(store: BotStore, claiming: Claiming = {}): Promise<readonly string[]> {
  return (await claimed(store, claiming)).map(({ key }) => key);
}

/** Claims everything that can be, once, and delivers it. The keys, in order. */
export async function deliverOnce(store: BotStore, claiming: Claiming = {}): Promise<readonly string[]> {
  const messages = await claimed(store, claiming);
  for (const message of messages) await deliver(store, message, claiming.holder);
  return messages.map(({ key }) => key);
}

export function deliver(store: BotStore, { key, digest, sequence, ts }: KeptMessage, holder = 'me'): Promise<void> {
  return store.messages.delivered(key, holder, {
    digest,
    ts: ts === '' ? `1700000000.${String(sequence).padStart(6, '0')}` : ts,
  });
}

/** Until a hold of one millisecond has run out, by the clock of whoever keeps it. */
export const aMoment = (): Promise<void> => sleep(60);

export async function onlyOne<T>(list: Promise<readonly T[]>): Promise<T> {
  const found = await list;
  expect(found).toHaveLength(1);
  return found[0] as T;
}

export const code = (expected: string): unknown => expect.objectContaining({ code: expected });
