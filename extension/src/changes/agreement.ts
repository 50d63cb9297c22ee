import type { AgentClient } from '@autodevops/agentd/client';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Plan } from '@autodevops/domain/change/plan';
import { t } from '../language/translate.ts';

/** What a yes depends on: what would be done, what the server would change, and who has to agree. */
export function essence(plan: Plan, tier: string | undefined): string {
  return canonicalJson({
    will: plan.actions.map(({ sentences }) => sentences.will),
    diff: plan.diff,
    tier: tier ?? 'none',
  });
}

/** One's own yes is enough where the policy asks for one and the cluster is one's own. */
export async function isOwnYesEnough(
  client: AgentClient,
  { tier }: Pick<Decision, 'tier'>,
  signal: AbortSignal,
): Promise<boolean> {
  return tier === 'one' && (await client.cluster({}, { signal })).mode === 'local';
}

/** Whether it is the autonomy level alone that asks for two: what a policy or the built-in floor asks for, no level takes away. */
function isOfLevel(voices: Decision['voices']): boolean {
  const asking = voices.filter(({ tier }) => tier === 'two');
  return asking.length > 0 && asking.every(({ rule }) => rule.startsWith('level.'));
}

/** What a person who is alone with the cluster can do where two are asked for; empty where that is not so. */
export async function aloneHint(
  client: AgentClient,
  { tier, voices }: Pick<Decision, 'tier' | 'voices'>,
  signal: AbortSignal,
): Promise<string> {
  if (tier !== 'two' || !isOfLevel(voices)) return '';
  const { mode, autonomy } = await client.cluster({}, { signal });
  return mode === 'local' && autonomy !== undefined && autonomy !== 'development'
    ? t('If this cluster is yours alone, “Set Autonomy Level” to “development” asks for one.')
    : '';
}
