import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { BrokenGlass } from '@autodevops/domain/change/broken-glass';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings, Store } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { z } from 'zod';
import { changeSetting } from './change-setting.ts';
import type { NextValue } from './change-setting.ts';
import { deny } from '../approving/denial.ts';
import { breakGlass, isGlassBroken, isReviewOverdue, reviewGlass } from '../policy/broken-glass.ts';
import { timeOf } from '../surroundings.ts';
import type { Clock } from '../surroundings.ts';

/** Under this name every process finds it in the settings. */
export const glassSetting = 'broken-glass';

const GlassRecord = z.array(BrokenGlass);
/** Reviewed ones that are kept to be shown; the audit log keeps all. What nobody reviewed is never dropped. */
const mostReviewed = 50;

export interface GlassDesk {
  readonly store: Pick<Store, 'settings' | 'audit'>;
  readonly clock: Clock;
}

function recordFrom(stored: unknown): readonly BrokenGlass[] {
  const read = GlassRecord.safeParse(stored ?? []);
  if (read.success) return read.data;
  throw new AutoDevOpsError(
    'store.corrupt',
    'What is stored about broken glass cannot be read, so it counts as whole.',
    'Restore the store from a backup; the audit log says who broke it.',
  );
}

/** How often the glass was broken, oldest first. Throws `store.corrupt` for what cannot be understood. */
export async function glassRecord(settings: Settings): Promise<readonly BrokenGlass[]> {
  return recordFrom(await settings.get(glassSetting));
}

/** The glass that is broken now, the one that lasts longest; undefined while all is whole. */
export function brokenNow(record: readonly BrokenGlass[], now: number): BrokenGlass | undefined {
  return record
    .filter((glass) => isGlassBroken(glass, now))
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

export type GlassStanding = 'broken' | 'review-due' | 'overdue' | 'reviewed';

export function glassStanding(glass: BrokenGlass, now: number): GlassStanding {
  if (glass.review !== undefined) return 'reviewed';
  if (isGlassBroken(glass, now)) return 'broken';
  return isReviewOverdue(glass, now) ? 'overdue' : 'review-due';
}

interface Kept {
  readonly record: readonly BrokenGlass[];
  readonly glass: BrokenGlass;
  readonly code: 'BRK001' | 'BRK002';
  readonly actor: Actor;
  readonly says: string;
  readonly details: AuditEntry['details'];
}

function nextRecord({ record, glass, code, actor, says, details }: Kept, clock: Clock): NextValue {
  const time = timeOf(clock);
  const reviewed = record.filter(({ review }) => review !== undefined).slice(-mostReviewed);
  const kept = record.filter((one) => one.review === undefined || one === glass || reviewed.includes(one));
  const audit: AuditEntry = { code, time, actor, onBehalfOf: '', subject: glass.id, success: true, says, details };
  return {
    value: kept,
    audit: [audit],
    outbox: [{ time, topic: code === 'BRK001' ? 'glass.broken' : 'glass.reviewed', subject: glass.id, data: { says } }],
  };
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

/** Breaks the glass for every process, whoever else does at the same moment. Throws `change.not-allowed`, after writing that to the audit log. */
export async function breakGlassNow({ id, actor, reason, minutes }: GlassAsked, desk: GlassDesk): Promise<BrokenGlass> {
  return await orDeny(
    async () => {
      const glass = breakGlass({ id, who: actor, reason, minutes, now: desk.clock.now() });
      const says = `${actor.name} broke the glass until ${glass.until}: ${glass.reason}`;
      const details = { reason: glass.reason, until: glass.until };
      const standing = await changeSetting(desk.store.settings, glassSetting, (stored) => {
        const record = recordFrom(stored);
        return record.some((one) => one.id === id)
          ? undefined
          : nextRecord({ record: [...record, glass], glass, code: 'BRK001', actor, says, details }, desk.clock);
      });
      return recordFrom(standing).find((one) => one.id === id) ?? glass;
    },
    actor,
    'break-glass',
    desk,
  );
}

export interface ReviewAsked {
  readonly id: string;
  readonly actor: Actor;
  readonly says: string;
}

function toReview(record: readonly BrokenGlass[], id: string, now: number): BrokenGlass {
  const found = record.find((one) => one.id === id);
  if (found === undefined) {
    throw new AutoDevOpsError(
      'object.not-found',
      `There is no broken glass ${id}.`,
      remedy`${{ do: 'show-policy' }} lists what waits for a review.`,
    );
  }
  if (found.review !== undefined) {
    throw new AutoDevOpsError(
      'change.wrong-state',
      `${found.review.by.name} has reviewed ${id} already.`,
      'One review is enough.',
    );
  }
  // A review of half of it would hide the other half.
  if (isGlassBroken(found, now)) {
    throw new AutoDevOpsError(
      'change.wrong-state',
      `${id} is still broken, until ${found.until}.`,
      'Review it then, when all that was done is there to be seen.',
    );
  }
  return found;
}

/** Records a review. Throws `change.not-allowed` for who broke it, after writing that to the audit log. */
export async function reviewGlassNow({ id, actor, says }: ReviewAsked, desk: GlassDesk): Promise<BrokenGlass> {
  return await orDeny(
    async () => {
      const now = desk.clock.now();
      const reviewed = (record: readonly BrokenGlass[]): BrokenGlass =>
        reviewGlass(toReview(record, id, now), actor, says, now);
      const standing = await changeSetting(desk.store.settings, glassSetting, (stored) => {
        const record = recordFrom(stored);
        const glass = reviewed(record);
        return nextRecord(
          {
            record: record.map((one) => (one.id === id ? glass : one)),
            glass,
            code: 'BRK002',
            actor,
            says: `${actor.name} reviewed ${id}: ${says.trim()}`,
            details: {},
          },
          desk.clock,
        );
      });
      return recordFrom(standing).find((one) => one.id === id) as BrokenGlass;
    },
    actor,
    id,
    desk,
  );
}
