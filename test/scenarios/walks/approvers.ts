import type { AgentClient } from '../../../packages/agentd/src/client/agent-client.ts';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import type { RepairAgent } from '../repair-agent.ts';

function soon(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(60_000) };
}

/** A linked person with a token of their own. */
async function approver({ client, clientOf }: RepairAgent, name: string): Promise<AgentClient> {
  const account = `http:${name.toLowerCase()}`;
  await client.putPerson({ body: { id: name.toLowerCase(), name, accounts: [account], roles: ['approver'] } }, soon());
  const { token } = await client.issueToken({ body: { account, name } }, soon());
  return clientOf(token);
}

/**
 * Links two people to the agent, and gives what says as many yeses to a change as its policy wants: the one who asked
 * says the only one, the two say both.
 */
export async function linkApprovers(agent: RepairAgent): Promise<(change: Change) => Promise<void>> {
  const ann = await approver(agent, 'Ann');
  const ben = await approver(agent, 'Ben');
  return async ({ id, digest, decision }) => {
    const people = { auto: [], one: [agent.client], two: [ann, ben], forbidden: [] }[decision?.tier ?? 'forbidden'];
    for (const person of people) await person.approve({ params: { id }, body: { digest } }, soon());
  };
}
