import type { Manifest } from '@autodevops/domain/change/operation';
import type { Standing } from '../action.ts';
import { manifestName } from '../targets/manifest-name.ts';
import { rolloutStanding } from './rollout-standing.ts';

/** What we set is not there any more: somebody or something put another value. */
export function putBack(object: Manifest, what: string): Standing {
  return { state: 'failed', says: `${manifestName(object)} does not have ${what} any more: something put it back.` };
}

/** After a change of its template: a rollout for what runs all the time; a CronJob's next run has it. */
export function templateStanding(workload: Manifest): Standing {
  if (workload.kind !== 'CronJob') return rolloutStanding(workload);
  return { state: 'succeeded', says: `The next run of ${manifestName(workload)} has it.` };
}
