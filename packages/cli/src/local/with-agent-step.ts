import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import { localContext } from '@autodevops/domain/local-cluster';
import type { LocalEvent } from '@autodevops/domain/local-cluster';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import type { Agents } from '../agent-door/agents.ts';
import type { LocalDoor } from './local-door.ts';

/** The agent of a local cluster: that of its configuration, or of its context. */
export function agentOf({ settings: { name, configuration, kubeconfig } }: Pick<LocalDoor, 'settings'>): AgentChoice {
  return {
    context: localContext(name),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(configuration === undefined ? {} : { config: configuration }),
  };
}

/** An agent that runs speaks to the cluster that was there before, where this one is new: its address and keys are others. */
async function started(agents: Agents, choice: AgentChoice, isNew: boolean, signal: AbortSignal): Promise<string> {
  if (isNew) await endAgent(agents, choice, signal);
  const { answers } = await agents.look(choice);
  if (answers) return 'The agent runs already.';
  return `The agent runs (process ${await agents.start(choice, signal)}).`;
}

/** What a cluster's run tells, with the start of its agent as its last step. An agent that does not start is a note. */
export async function* thenAgent(
  events: AsyncIterable<LocalEvent>,
  agents: Agents,
  choice: AgentChoice,
  signal: AbortSignal,
): AsyncGenerator<LocalEvent, void, undefined> {
  let isNew = false;
  for await (const event of events) {
    if (event.type === 'plan') isNew = event.steps.some(({ step }) => step === 'nodes');
    if (event.type !== 'done') {
      yield event;
      continue;
    }
    yield { type: 'step-started', step: 'agent', says: 'Starting the agent', estimateMs: null };
    const began = performance.now();
    try {
      const says = await started(agents, choice, isNew, signal);
      yield { type: 'step-done', step: 'agent', says, ms: performance.now() - began };
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
      yield { type: 'note', says: `The agent did not start: ${error.message}`, ...remedyIn(error) };
    }
    yield { ...event, ms: event.ms + performance.now() - began };
  }
}

/** Ends the agent of a cluster that is about to go away, or has gone, if it runs. Whatever stands in the way of asking is no reason to keep the cluster. */
export async function endAgent(agents: Agents, choice: AgentChoice, signal: AbortSignal): Promise<void> {
  try {
    const { answers, id } = await agents.look(choice);
    if (answers && id !== undefined) await agents.stop(id, choice, signal);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
  }
}
