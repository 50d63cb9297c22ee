import { trackRecord } from '@autodevops/agent-core/changes/journal/track-record';
import { earnedAutonomy, remembered } from '@autodevops/agent-core/policy/trial/earned-autonomy';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { DecidingChoice } from './deciding.ts';

/** The policy in force, what the one on trial came to, and the level that the record speaks for. */
export async function rulingNow({
  store,
  inForce,
  onTrial,
  clock,
}: Pick<DecidingChoice, 'store' | 'inForce' | 'onTrial' | 'clock'>): Promise<AnswerOf<Endpoints['policy']>> {
  const time = clock.now();
  const { outcomes, trial } = await trackRecord(store.changes, {
    since: new Date(time - remembered).toISOString(),
    onTrial: onTrial?.version,
  });
  const { policy, version } = inForce;
  return {
    policy,
    version,
    ...(onTrial === undefined ? {} : { onTrial: { policy: onTrial.policy, version: onTrial.version, ...trial } }),
    ...(policy.autonomy === undefined ? {} : { earned: { ...earnedAutonomy(policy.autonomy, outcomes, time) } }),
  };
}
