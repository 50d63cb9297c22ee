import type { Agent } from 'node:http';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { agentFor } from './agent.ts';

/** The connections of one client. */
export interface KeptAgent {
  /** Keeps connections open while the access and the client certificate stay the same. */
  readonly for: (access: ClusterAccess, credentials: Credentials) => Agent;
  /** Ends every connection, those in use too. */
  readonly close: () => void;
}

interface Kept {
  readonly access: ClusterAccess;
  readonly identity: string;
  readonly agent: Agent;
}

/** Ends what waits idle; what is in use goes on to the end of its answer. */
function retire(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

export function createKeptAgent(): KeptAgent {
  let kept: Kept | undefined;
  let retired: readonly Agent[] = [];
  return {
    for: (access, credentials) => {
      const identity = `${credentials.certificate ?? ''}${credentials.key ?? ''}`;
      if (kept?.access === access && kept.identity === identity) return kept.agent;
      if (kept !== undefined) {
        retire(kept.agent);
        retired = [...retired.filter(({ sockets }) => Object.keys(sockets).length > 0), kept.agent];
      }
      kept = { access, identity, agent: agentFor(access, credentials) };
      return kept.agent;
    },
    close: () => {
      kept?.agent.destroy();
      for (const agent of retired) agent.destroy();
    },
  };
}
