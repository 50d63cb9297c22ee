import type { AutonomyLevel } from '@autodevops/domain/change/policy';

/** What became of a change that Scarlet carried out, or was not let to. */
export interface Outcome {
  readonly time: string;
  /** `succeeded` is verified: the symptom is gone. A no of a person counts against it like a failure. */
  readonly outcome: 'succeeded' | 'undone' | 'failed' | 'unknown' | 'rejected';
}

/** A proposal: a person puts the level into the policy, or does not. Nothing here grants anything. */
export interface EarnedAutonomy {
  readonly current: AutonomyLevel;
  readonly proposed: AutonomyLevel;
  /** Outcomes that were counted, those that succeeded, and the share that is exceeded with 95 % confidence. */
  readonly outcomes: number;
  readonly succeeded: number;
  readonly atLeast: number;
  readonly says: string;
}

const day = 86_400_000;
/** Outcomes older than this say nothing of today, in days. */
const rememberedDays = 90;
/** The same in milliseconds. */
export const remembered = rememberedDays * day;
/** After an outcome that nobody understood, this many days pass before more is proposed. */
const cautious = 14;
/** One-sided 95 %. */
const z = 1.644_854;

/** Levels that one can rise on, with the least share of successes that each needs. `production` is no reward: it is a stricter place. */
const ladder: readonly { readonly level: AutonomyLevel; readonly needs: number }[] = [
  { level: 'observe', needs: 0 },
  { level: 'suggest', needs: 0 },
  { level: 'assist', needs: 0.8 },
  { level: 'development', needs: 0.9 },
];

/** Wilson's lower bound of a share (E. B. Wilson, 1927, JASA 22:209): exceeded with 95 % confidence. */
export function lowerBound(succeeded: number, outcomes: number): number {
  if (outcomes === 0) return 0;
  const share = succeeded / outcomes;
  const z2 = z * z;
  const centre = share + z2 / (2 * outcomes);
  const spread = z * Math.sqrt((share * (1 - share)) / outcomes + z2 / (4 * outcomes * outcomes));
  return Math.max(0, (centre - spread) / (1 + z2 / outcomes));
}

function isRecent({ time }: Outcome, now: number, days: number): boolean {
  return !(Date.parse(time) <= now - days * day);
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

interface TrackRecord {
  readonly step: number;
  readonly atLeast: number;
  readonly share: number;
  readonly outcomes: number;
  readonly unknown: boolean;
}

/** The step of the ladder that the record speaks for: one up at most, down where the record plainly falls short. */
function stepFor({ step, atLeast, share, outcomes, unknown }: TrackRecord): number {
  const here = ladder[step];
  const next = ladder[step + 1];
  if (here !== undefined && outcomes > 0 && share < here.needs) return step - 1;
  return next !== undefined && !unknown && outcomes > 0 && atLeast >= next.needs ? step + 1 : step;
}

function reasonFor(from: number, to: number, { outcomes, atLeast, unknown }: TrackRecord, succeeded: number): string {
  const record = `${succeeded} of the last ${outcomes} changes were verified, so at least ${percent(atLeast)} are with 95 % confidence`;
  const next = ladder[from + 1];
  if (to > from) return `${record}; a person may grant the level ${ladder[to]?.level ?? ''}.`;
  if (to < from) {
    return `Only ${succeeded} of the last ${outcomes} changes were verified; the level ${ladder[to]?.level ?? ''} is advised.`;
  }
  if (outcomes === 0) return `No change has an outcome in the last ${rememberedDays} days.`;
  if (next === undefined) return `${record}; there is no higher level.`;
  if (unknown) {
    return `${record}; the outcome of one of the last ${cautious} days is not known, so nothing more is proposed.`;
  }
  return `${record}; the level ${next.level} needs ${percent(next.needs)}.`;
}

/** Proposes a level from the record of verified outcomes; never grants it. */
export function earnedAutonomy(current: AutonomyLevel, history: readonly Outcome[], now: number): EarnedAutonomy {
  const counted = history.filter((outcome) => isRecent(outcome, now, rememberedDays));
  const succeeded = counted.filter(({ outcome }) => outcome === 'succeeded').length;
  const atLeast = lowerBound(succeeded, counted.length);
  const figures = { current, outcomes: counted.length, succeeded, atLeast };
  const step = ladder.findIndex(({ level }) => level === current);
  if (step < 0) {
    return { ...figures, proposed: current, says: `The level ${current} is chosen for the place, not earned.` };
  }
  const unknown = counted.some((outcome) => outcome.outcome === 'unknown' && isRecent(outcome, now, cautious));
  const record = {
    step,
    atLeast,
    share: counted.length === 0 ? 1 : succeeded / counted.length,
    outcomes: counted.length,
    unknown,
  };
  const to = stepFor(record);
  return { ...figures, proposed: ladder[to]?.level ?? current, says: reasonFor(step, to, record, succeeded) };
}
