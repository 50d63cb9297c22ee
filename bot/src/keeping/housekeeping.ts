import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { forgetOldNotes } from './old-notes.ts';

export interface HousekeepingChoice {
  readonly store: BotStore;
  readonly customers: readonly string[];
  readonly holder: string;
  readonly keepDays: number;
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly backlog: (lane: string, count: number) => void;
  readonly renewTokens: (signal: AbortSignal) => Promise<number>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

const day = 86_400_000;
/** Milliseconds. */
const betweenGauges = 15_000;
const betweenRenewals = 600_000;
const betweenPrunings = 3_600_000;
/** Rows at a time, so that nobody waits long for the store. */
const atATime = 500;

async function prune({ store, customers, holder, keepDays, now }: HousekeepingChoice): Promise<void> {
  const lease = await store.leases.acquire('bot/prune', holder, 60_000);
  if (lease === undefined) return;
  const before = new Date(now() - keepDays * day).toISOString();
  try {
    for (let pages = 0; pages < 100; pages += 1) {
      if ((await store.inbox.prune(before, atATime)) + (await store.messages.prune(before, atATime)) === 0) break;
    }
    for (const customer of customers) await forgetOldNotes(store.notes, customer, before);
  } finally {
    await store.leases.release(lease);
  }
}

async function gauge({ store, backlog }: HousekeepingChoice): Promise<void> {
  const waiting = new Map((await store.messages.backlog()).map(({ lane, count }) => [lane, count]));
  for (const lane of ['interactive', 'stream', 'incident'] as const) backlog(lane, waiting.get(lane) ?? 0);
}

async function every(
  milliseconds: number,
  what: string,
  work: () => Promise<unknown>,
  { wait, log }: HousekeepingChoice,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) =>
      log(`${what} failed`, { why: error instanceof Error ? error.message : 'unknown' }),
    );
    await wait(milliseconds, signal);
  }
}

/** What goes on beside the work until the signal aborts: old rows go, tokens are renewed in time, the backlog is measured. */
export async function keepHouse(choice: HousekeepingChoice, signal: AbortSignal): Promise<void> {
  await Promise.all([
    every(betweenGauges, 'measuring the backlog', async () => await gauge(choice), choice, signal),
    every(betweenRenewals, 'renewing tokens', async () => await choice.renewTokens(signal), choice, signal),
    every(betweenPrunings, 'pruning', async () => await prune(choice), choice, signal),
  ]);
}
