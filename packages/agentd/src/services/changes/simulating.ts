import type { Digest } from '@autodevops/agent-core/changes/simulating/digest';
import { pastChanges, simulatePolicy } from '@autodevops/agent-core/policy/trial/policy-simulation';
import type { ChangeJournal } from '@autodevops/agent-core/policy/trial/history';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { readPolicy } from '@autodevops/agent-core/policy/reading/read-policy';
import type { Policy } from '@autodevops/domain/change/policy';
import type { Store } from '@autodevops/domain/ports/store';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { DecidingChoice } from './deciding.ts';

export interface SimulatingChoice {
  readonly changes: Store['changes'];
  readonly deciding: Pick<DecidingChoice, 'inForce' | 'mode' | 'self' | 'environment'>;
  readonly digest: Digest;
}

/** So many changes are decided again, and so many journals read at once. */
const most = 500;
const page = 50;

async function newestJournals(
  changes: Store['changes'],
): Promise<{ readonly journals: readonly ChangeJournal[]; readonly older: boolean }> {
  const journals: ChangeJournal[] = [];
  for (let before: string | undefined; ;) {
    const summaries = await changes.list({ limit: page, ...(before === undefined ? {} : { before }) });
    if (journals.length >= most) return { journals, older: summaries.length > 0 };
    journals.push(...(await Promise.all(summaries.map(async ({ id }) => ({ id, events: await changes.read(id) })))));
    before = summaries.at(-1)?.id;
    if (summaries.length < page || before === undefined) return { journals, older: false };
  }
}

/**
 * Decides the newest changes of the store again under another policy, and tells which would have come out otherwise.
 * Without a level of its own the policy is tried at the level in force, as it would be if the agent read it. Throws
 * `policy.invalid` where a condition or a time zone cannot be used.
 */
export async function simulateOverPast(
  given: Policy,
  { changes, deciding: { inForce, mode, self, environment }, digest }: SimulatingChoice,
): Promise<AnswerOf<Endpoints['simulatePolicy']>> {
  const { policy } = readPolicy(JSON.stringify(given), 'policy');
  const { autonomy } = inForce.policy;
  const tried = policyInForce({ ...(autonomy === undefined ? {} : { autonomy }), ...policy }, digest);
  const { journals, older } = await newestJournals(changes);
  const past = pastChanges(journals.toReversed(), { mode, self: await self(), environment });
  const wills = new Map(past.map(({ id, question }) => [id, question.actions.map(({ sentences }) => sentences.will)]));
  const { different, ...counts } = simulatePolicy(tried, past);
  return {
    version: tried.version,
    ...counts,
    older,
    different: different.map((one) => ({ ...one, will: wills.get(one.id) ?? [] })),
  };
}
