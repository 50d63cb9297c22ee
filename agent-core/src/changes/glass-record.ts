import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { BrokenGlass } from '@autodevops/domain/change/broken-glass';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings, Store } from '@autodevops/domain/ports/store';
import { z } from 'zod';
import { deny } from './denial.ts';
import { breakGlass, isGlassBroken, isReviewOverdue, reviewGlass } from './policy/broken-glass.ts';
import { timeOf } from './surroundings.ts';
import type { Clock } from './surroundings.ts';

/** Under this name every process finds it in the settings. */
export const glassSetting = 'broken-glass';

const GlassRecord = z.array(BrokenGlass);
/** Reviewed ones that are kept to be shown; the audit log keeps all. What nobody reviewed is never dropped. */
const mostReviewed = 50;
const writing = { lease: glassSetting, milliseconds: 10_000 };

export interface GlassDesk {
  readonly store: Pick<Store, 'settings' | 'leases' | 'audit'>;
  readonly clock: Clock;
}

/** How often the glass was broken, oldest first. Throws `store.corrupt` for what cannot be understood. */
export async function glassRecord(settings: Settings): Promise<readonly BrokenGlass[]> {
  const read = GlassRecord.safeParse((await settings.get(glassSetting)) ?? []);
  if (read.success) return read.data;
  throw new AutoDevOpsError('store.corrupt', 'What is stored about broken glass cannot be read, so it counts as whole.', 'Restore the store from a backup; the audit log says who broke it.');
}

/** The glass that is broken now, the one that lasts longest; undefined while all is whole. */
export function brokenNow(record: readonly BrokenGlass[], now: number): BrokenGlass | undefined {
  return record.filter((glass) => isGlassBroken(glass, now)).toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

export type GlassStanding = 'broken' | 'review-due' | 'overdue' | 'reviewed';

export function glassStanding(glass: BrokenGlass, now: number): GlassStanding {
  if (glass.review !== undefined) return 'reviewed';
  if (isGlassBroken(glass, now)) return 'broken';
  return isReviewOverdue(glass, now) ? 'overdue' : 'review-due';
}

/** Nobody else's entry is lost: only one writes at a time, over all processes. */
async function alone<T>({ store }: GlassDesk, writer: string, work: () => Promise<T>): Promise<T> {
  const lease = await store.leases.acquire(writing.lease, writer, writing.milliseconds);
  if (lease === undefined) throw new AutoDevOpsError('store.locked', 'Somebody else breaks or reviews the glass at this moment.', 'Try again in a moment.');
  try {
    return await work();
  } finally {
    await store.leases.release(lease);
  }
}

interface Kept {
  readonly record: readonly BrokenGlass[];
  readonly glass: BrokenGlass;
  readonly code: 'BRK001' | 'BRK002';
  readonly actor: Actor;
  readonly says: string;
  readonly details: AuditEntry['details'];
}

async function keep({ record, glass, code, actor, says, details }: Kept, { store, clock }: GlassDesk): Promise<void> {
  const time = timeOf(clock);
  const reviewed = record.filter(({ review }) => review !== undefined).slice(-mostReviewed);
  const kept = record.filter((one) => one.review === undefined || reviewed.includes(one));
  const audit: AuditEntry = { code, time, actor, onBehalfOf: '', subject: glass.id, success: true, says, details };
  await store.settings.put(glassSetting, kept, [audit], [{ time, topic: code === 'BRK001' ? 'glass.broken' : 'glass.reviewed', subject: glass.id, data: { says } }]);
}

/** A refusal is audited like what is done. */
async function orDeny<T>(work: () => Promise<T>, actor: Actor, subject: string, desk: GlassDesk): Promise<T> {
  return await work().catch(async (error: unknown) => {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'change.not-allowed') throw error;
    return await deny(error, { code: 'DNY001', actor, subject, details: {} }, desk);
  });
}

export interface GlassAsked {
  /** The same one again is found and not broken anew. */
  readonly id: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly minutes: number;
}

/** Breaks the glass for every process. Throws `change.not-allowed`, after writing that to the audit log. */
export async function breakGlassNow({ id, actor, reason, minutes }: GlassAsked, desk: GlassDesk): Promise<BrokenGlass> {
  return await orDeny(async () => await alone(desk, id, async () => {
    const record = await glassRecord(desk.store.settings);
    const known = record.find((one) => one.id === id);
    if (known !== undefined) return known;
    const glass = breakGlass({ id, who: actor, reason, minutes, now: desk.clock.now() });
    await keep({ record: [...record, glass], glass, code: 'BRK001', actor, says: `${actor.name} broke the glass until ${glass.until}: ${glass.reason}`, details: { reason: glass.reason, until: glass.until } }, desk);
    return glass;
  }), actor, 'break-glass', desk);
}

export interface ReviewAsked {
  readonly id: string;
  readonly actor: Actor;
  readonly says: string;
}

function toReview(record: readonly BrokenGlass[], id: string, now: number): BrokenGlass {
  const found = record.find((one) => one.id === id);
  if (found === undefined) throw new AutoDevOpsError('object.not-found', `There is no broken glass ${id}.`, '`autodevops policy show` lists what waits for a review.');
  if (found.review !== undefined) throw new AutoDevOpsError('change.wrong-state', `${found.review.by.name} has reviewed ${id} already.`, 'One review is enough.');
  // A review of half of it would hide the other half.
  if (isGlassBroken(found, now)) throw new AutoDevOpsError('change.wrong-state', `${id} is still broken, until ${found.until}.`, 'Review it then, when all that was done is there to be seen.');
  return found;
}

/** Records a review. Throws `change.not-allowed` for who broke it, after writing that to the audit log. */
export async function reviewGlassNow({ id, actor, says }: ReviewAsked, desk: GlassDesk): Promise<BrokenGlass> {
  return await orDeny(async () => await alone(desk, `review/${id}/${actor.account}`, async () => {
    const record = await glassRecord(desk.store.settings);
    const now = desk.clock.now();
    const glass = reviewGlass(toReview(record, id, now), actor, says, now);
    await keep({ record: record.map((one) => (one.id === id ? glass : one)), glass, code: 'BRK002', actor, says: `${actor.name} reviewed ${id}: ${says.trim()}`, details: {} }, desk);
    return glass;
  }), actor, id, desk);
}
