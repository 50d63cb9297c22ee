import type { Automation, Deed } from '@autodevops/domain/change/automation';

const hour = 60 * 60_000;

/** Why an automation has done enough for now; undefined when it has not. What it only would have done counts too. */
export function limitReached(
  { id, limits }: Automation,
  targets: readonly string[],
  deeds: readonly Deed[],
  now: number,
): string | undefined {
  const own = deeds.filter((deed) => deed.automation === id && deed.outcome !== 'refused');
  const within = (time: number): readonly Deed[] => own.filter((deed) => now - Date.parse(deed.time) < time);
  const spells = new Set(within(hour).map(({ finding, since }) => `${finding} ${since}`));
  if (spells.size >= limits.perHour) {
    return `It has proposed ${limits.perHour} ${limits.perHour === 1 ? 'change' : 'changes'} within the hour.`;
  }
  const full = targets.find(
    (target) => within(24 * hour).filter((deed) => deed.target === target).length >= limits.perTargetPerDay,
  );
  return full === undefined
    ? undefined
    : `It has changed ${full} ${limits.perTargetPerDay === 1 ? 'once' : `${limits.perTargetPerDay} times`} within a day.`;
}
