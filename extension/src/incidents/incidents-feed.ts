import type { AgentClient } from '@autodevops/agentd/client';
import { ListFeed } from '../agent/list-feed.ts';
import type { ListParts, ListState } from '../agent/list-feed.ts';

export type IncidentLine = Awaited<ReturnType<AgentClient['incidents']>>['incidents'][number];

interface KnownIncidents {
  readonly lines: readonly IncidentLine[];
}

export type IncidentsState = ListState<KnownIncidents>;

const shown = 50;

async function list(agent: AgentClient, signal: AbortSignal): Promise<KnownIncidents> {
  const { incidents } = await agent.incidents({ query: { limit: shown } }, { signal });
  return { lines: incidents };
}

/** Incidents of the chosen cluster. */
export class IncidentsFeed extends ListFeed<KnownIncidents> {
  constructor(parts: ListParts) {
    super(parts, { isOurs: (topic) => topic.startsWith('incident.'), list });
  }
}
