import type { AgentClient } from '@autodevops/agentd/client';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import type { Surroundings } from '../../handling/handler.ts';
import { proposalFor } from './proposal-choice.ts';
import type { Fixable } from './proposal-choice.ts';

export interface Rehearsed {
  readonly body: ReturnType<typeof proposalFor>;
  readonly rehearsal: Awaited<ReturnType<AgentClient['explainDecision']>>;
}

/** The first way that can be planned now, with what the policy says of it. Throws what the last one was refused for. */
export async function rehearse(
  fixable: Fixable,
  ways: readonly ActionRequest[],
  { agent, signal }: Surroundings,
): Promise<Rehearsed> {
  let refusal: unknown;
  for (const way of ways) {
    const body = proposalFor(fixable, way);
    try {
      return { body, rehearsal: await agent.explainDecision({ body }, { signal }) };
    } catch (error) {
      if (!isUnplannable(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
