import type { Actor } from '@autodevops/domain/change/actor';
import { BrokenGlass, glassMinutes, glassReviewHours } from '@autodevops/domain/change/broken-glass';
import { AutoDevOpsError } from '@autodevops/domain/errors';

const minute = 60_000;
const shortestReason = 10;

export interface GlassRequest {
  readonly id: string;
  readonly who: Actor;
  readonly reason: string;
  readonly minutes: number;
  readonly now: number;
}

function notAllowed(what: string, remedy: string): never {
  throw new AutoDevOpsError('change.not-allowed', what, remedy);
}

/**
 * Sets the policy's rules aside for a while, so that what they forbid takes two yeses. Throws `change.not-allowed` for
 * who is no linked person, without a reason, or for longer than an hour.
 */
export function breakGlass({ id, who, reason, minutes, now }: GlassRequest): BrokenGlass {
  if (who.kind !== 'person' || who.person === '') {
    return notAllowed(
      `${who.name} cannot break the glass: only a linked person can.`,
      'Ask a person whose account is linked.',
    );
  }
  if (reason.trim().length < shortestReason) {
    return notAllowed(
      'The glass is not broken without a reason.',
      `Say why, in at least ${shortestReason} letters: others will review it.`,
    );
  }
  if (!(minutes > 0 && minutes <= glassMinutes)) {
    return notAllowed(
      `Glass stays broken for at most ${glassMinutes} minutes.`,
      `Give a number of minutes between 1 and ${glassMinutes}.`,
    );
  }
  const at = (milliseconds: number): string => new Date(now + milliseconds).toISOString();
  return BrokenGlass.parse({
    id,
    who,
    reason: reason.trim(),
    from: at(0),
    until: at(minutes * minute),
    reviewDue: at(glassReviewHours * 60 * minute),
  });
}

/** Whether the glass is broken now. What was stored is not believed: who, and how long, are looked at again. */
export function isGlassBroken(glass: BrokenGlass | undefined, now: number): glass is BrokenGlass {
  if (glass === undefined || glass.who.kind !== 'person' || glass.who.person === '') return false;
  const from = Date.parse(glass.from);
  const until = Date.parse(glass.until);
  return from <= now && now < until && until - from <= glassMinutes * minute;
}

/** Records the review that every breaking needs. The one who broke it does not review it. */
export function reviewGlass(glass: BrokenGlass, by: Actor, says: string, now: number): BrokenGlass {
  if (by.kind !== 'person' || by.person === '') {
    return notAllowed(
      `${by.name} cannot review this: only a linked person can.`,
      'Ask a person whose account is linked.',
    );
  }
  if (by.person === glass.who.person) {
    return notAllowed(`${by.name} broke the glass and cannot review it.`, 'Another person has to review it.');
  }
  if (says.trim() === '') return notAllowed('A review says something.', 'Say what was found.');
  return { ...glass, review: { by, time: new Date(now).toISOString(), says: says.trim() } };
}

/** Whether nobody has reviewed it in time: surfaces say so until somebody does. */
export function isReviewOverdue(glass: BrokenGlass, now: number): boolean {
  return glass.review === undefined && !(now < Date.parse(glass.reviewDue));
}
