import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import type { AgentDoor } from '../agent-door/agent-door.ts';
import type { CommandRun } from '../command.ts';

/** Opens the way to the agent, hands it to the work, and closes it whatever happens. */
export async function withAgent<T>(
  { surroundings, signal }: Pick<CommandRun<unknown>, 'surroundings' | 'signal'>,
  choice: AgentChoice,
  work: (door: AgentDoor) => Promise<T>,
): Promise<T> {
  const door = await (await surroundings.agents()).open(choice, signal);
  try {
    return await work(door);
  } finally {
    await door.close();
  }
}
