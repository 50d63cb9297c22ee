import { changeOf, ofSameWorkload } from '../../reading/measures/busier.ts';
import type { Measure } from '../../reading/measures/measure.ts';
import type { Rise } from '../../reading/measures/rise.ts';
import { shown } from '../../reading/measures/unit.ts';

/** From twice as many requests on, what rose may be for their sake. */
const surge = 2;

/** "; meanwhile the requests to it rose from 30/s to 380/s"; '' where they did not. */
export function surgeOf(measures: readonly Measure[], { measure, since }: Rise): string {
  const requests = measures.find((other) => other.kind === 'requests' && ofSameWorkload(other, measure));
  const change = requests === undefined ? undefined : changeOf(requests, since);
  if (requests === undefined || change === undefined || change.after < change.before * surge) return '';
  return `; meanwhile the requests to it rose from ${shown(change.before, requests.unit)} to ${shown(change.after, requests.unit)}`;
}
