import type { Cause, Confidence, Diagnosis } from '@autodevops/domain/diagnosis';
import type { Incident } from '@autodevops/domain/incident/incident';
import { causeKey } from '../diagnosing/relevant-causes.ts';

/** When Scarlet proposes what would remove an incident's cause without anybody asking her. */
export interface FixRules {
  /** The weakest confidence in a cause that counts. */
  readonly from: Confidence;
}

const strongest: readonly Confidence[] = ['high', 'medium', 'low'];

/** So many causes at once: more are for people to choose among. */
const most = 3;

/** A remedy is in place there: what is proposed on top of it would blur whether it holds. */
const whileIn: readonly Incident['state'][] = ['open', 'investigating', 'mitigating'];

/** What a person opened is about something that nobody told: of several things that are wrong it need not be the first. */
function isClear({ origin, causes }: Incident): boolean {
  return origin !== 'person' || causes.length === 1;
}

/** Causes of an incident, the worst first, that a diagnosis sees now and for which no fix was sought since the incident was opened. */
export function fixesWanted(
  incident: Incident,
  { causes: seen }: Pick<Diagnosis, 'causes'>,
  { from }: FixRules,
): readonly Cause[] {
  const { state, causes, goneCauses, fixes = [] } = incident;
  if (!whileIn.includes(state) || !isClear(incident)) return [];
  const enough = strongest.slice(0, strongest.indexOf(from) + 1);
  const keys = causes
    .slice(0, most)
    .map(({ key }) => key)
    .filter((key) => !goneCauses.includes(key) && !fixes.some((fix) => fix.cause === key));
  return keys.flatMap(
    (key) => seen.find((cause) => causeKey(cause) === key && enough.includes(cause.confidence)) ?? [],
  );
}
