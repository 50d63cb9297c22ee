import type { AutomationMemory, Sighting } from '@autodevops/domain/change/automation';

/** After so long without a look, in milliseconds, it is not known whether a finding was there all the time. */
export const longestGap = 10 * 60_000;
/** So much, in milliseconds, counts at most between the look of one process and that of another: their clocks may differ, or be set. */
const countedBetweenProcesses = 60_000;

export type Seen = Pick<Sighting, 'automation' | 'finding'>;

/** When a look is, and whose. */
export interface LookTime {
  /** In milliseconds, by the clock on the wall. */
  readonly now: number;
  /** The earliest that it can be: budgets and rests go by it. */
  readonly earliest: number;
  /** In milliseconds since some moment of this process; nobody sets it. */
  readonly passed: number;
  readonly holder: string;
}

/** How far, in milliseconds, a look is from the last one, and how much of that counts. Two looks of one process are as far apart as has passed, whatever its clock was set to. */
function sinceLast(
  { last }: Sighting,
  looked: AutomationMemory['looked'],
  { now, passed, holder }: LookTime,
): { readonly gap: number; readonly counted: number } {
  if (looked?.holder === holder) {
    const gap = Math.max(0, passed - looked.passed);
    return { gap, counted: gap };
  }
  const gap = Math.max(0, now - Date.parse(last));
  return { gap, counted: Math.min(gap, countedBetweenProcesses) };
}

/**
 * What is seen now, each with the beginning of its spell and how long it has lasted. What was not seen this time is
 * forgotten, so that something that comes and goes never lasts.
 */
export function afterLook(
  { sightings, looked }: Pick<AutomationMemory, 'sightings' | 'looked'>,
  seen: readonly Seen[],
  look: LookTime,
): readonly Sighting[] {
  const time = new Date(look.now).toISOString();
  return seen.map(({ automation, finding }) => {
    const known = sightings.find((other) => other.automation === automation && other.finding === finding);
    const since = known === undefined ? undefined : sinceLast(known, looked, look);
    if (known === undefined || since === undefined || since.gap > longestGap) {
      return { automation, finding, since: time, last: time, lasted: 0 };
    }
    return { automation, finding, since: known.since, last: time, lasted: known.lasted + since.counted / 1000 };
  });
}
