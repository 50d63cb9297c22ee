import { AutoDevOpsError } from '@autodevops/domain/errors';

/**
 * Version of the table of endpoints: raised when what is there already changes its meaning or its shape, not when
 * something is added. An agent says it with every answer.
 */
export const contractVersion = 1;

export const contractHeader = 'autodevops-contract';

/** Throws `agent.unreachable` with what to do where the agent that answers speaks another version than its caller. */
export function requireContract(spoken: number, caller: string): void {
  if (spoken === contractVersion) return;
  const older = spoken < contractVersion;
  throw new AutoDevOpsError(
    'agent.unreachable',
    `The agent that runs here is ${older ? 'older' : 'newer'} than ${caller}: it speaks version ${spoken} of the contract, not ${contractVersion}.`,
    older
      ? 'Restart the agent, so that the newer program takes its place.'
      : `Update ${caller}, or end the agent and start it again from here.`,
  );
}
