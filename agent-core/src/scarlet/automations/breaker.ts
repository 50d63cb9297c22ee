import type { Automation, Deed } from '@autodevops/domain/change/automation';
import { counted } from '@autodevops/domain/count-words';

interface Rest {
  /** In milliseconds. */
  readonly until: number;
  readonly why: string;
}

function newest(deeds: readonly Deed[]): number {
  return Math.max(...deeds.map(({ time }) => Date.parse(time)));
}

/** A change of several targets is one. */
function oneOfEach(deeds: readonly Deed[]): readonly Deed[] {
  return [...new Map(deeds.map((deed) => [`${deed.finding} ${deed.since} ${deed.change}`, deed])).values()];
}

/** Deeds after which the same finding came back: of so many spells that ended well. */
function mostReturns(deeds: readonly Deed[]): readonly Deed[] {
  const byFinding = Map.groupBy(
    deeds.filter(({ outcome }) => outcome === 'succeeded'),
    ({ finding }) => finding,
  );
  return [...byFinding.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/**
 * Whether an automation rests, because what it did failed too often or did not last; undefined when it may work. When
 * the rest is over the counted deeds are out of the window or count again: one more failure and it rests anew.
 */
export function restOf({ id, breaker }: Automation, deeds: readonly Deed[], now: number): Rest | undefined {
  const own = oneOfEach(
    deeds.filter(
      (deed) => deed.automation === id && now - Date.parse(deed.time) <= (breaker.within + breaker.rest) * 1000,
    ),
  );
  const failed = own.filter(({ outcome }) => outcome === 'failed');
  const returned = mostReturns(own);
  const broken =
    failed.length >= breaker.failures
      ? { deeds: failed, why: `${counted(failed.length, 'change')} of it did not succeed.` }
      : returned.length > breaker.returns
        ? {
            deeds: returned,
            why: `${returned[0]?.finding ?? ''} came back ${counted(returned.length - 1, 'time')} after it was repaired.`,
          }
        : undefined;
  if (broken === undefined) return undefined;
  const until = newest(broken.deeds) + breaker.rest * 1000;
  return until > now ? { until, why: broken.why } : undefined;
}
