import type { Sighting } from '@autodevops/domain/change/automation';

/** After so long without a look, in milliseconds, it is not known whether a finding was there all the time. */
export const longestGap = 10 * 60_000;

export type Seen = Pick<Sighting, 'automation' | 'finding'>;

/**
 * What is seen now, each with the beginning of its spell. What was not seen this time is forgotten, so that something
 * that comes and goes never lasts.
 */
export function afterLook(before: readonly Sighting[], seen: readonly Seen[], now: number): readonly Sighting[] {
  const time = new Date(now).toISOString();
  return seen.map(({ automation, finding }) => {
    const known = before.find((other) => other.automation === automation && other.finding === finding);
    const goesOn = known !== undefined && now - Date.parse(known.last) <= longestGap;
    return { automation, finding, since: goesOn ? known.since : time, last: time };
  });
}
