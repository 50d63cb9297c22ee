import type { AgentClient } from '@autodevops/agentd/client';
import { ListFeed } from '../agent/list-feed.ts';
import type { ListParts, ListState } from '../agent/list-feed.ts';

export type ChangeLine = Awaited<ReturnType<AgentClient['changes']>>['changes'][number];
export type KillSwitch = Awaited<ReturnType<AgentClient['killSwitch']>>;

interface KnownChanges {
  readonly lines: readonly ChangeLine[];
  readonly killSwitch: KillSwitch;
  readonly mode: 'local' | 'cloud';
  readonly autonomy: string | undefined;
}

export type ChangesState = ListState<KnownChanges>;

const shown = 100;

async function list(agent: AgentClient, signal: AbortSignal): Promise<KnownChanges> {
  const [{ changes }, killSwitch, { mode, autonomy }] = await Promise.all([
    agent.changes({ query: { limit: shown } }, { signal }),
    agent.killSwitch({}, { signal }),
    agent.cluster({}, { signal }),
  ]);
  return { lines: changes, killSwitch, mode, autonomy };
}

/** Changes and the kill switch of the chosen cluster. */
export class ChangesFeed extends ListFeed<KnownChanges> {
  constructor(parts: ListParts) {
    super(parts, { isOurs: (topic) => /^(change|kill-switch|glass)\./.test(topic), list });
  }
}
