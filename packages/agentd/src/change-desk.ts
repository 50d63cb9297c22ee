import { usualPace } from '@autodevops/agent-core/changes/execution-desk';
import type { ExecutionDesk } from '@autodevops/agent-core/changes/execution-desk';
import { namespacesToRead } from '@autodevops/agent-core/changes/execution-scope';
import { propose } from '@autodevops/agent-core/changes/approving/propose';
import type { ProposalDesk } from '@autodevops/agent-core/changes/approving/propose';
import { simulate } from '@autodevops/agent-core/changes/simulating/simulate';
import { withUndo } from '@autodevops/agent-core/changes/undoing/undo-change';
import { diagnose } from '@autodevops/agent-core/jamie';
import { planAction, verifyAction } from '@autodevops/agent-core/scarlet/plan-action';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AgentParts } from './agent-parts.ts';
import { actingAs } from './identity/acting-as.ts';
import { deciding } from './services/changes/deciding.ts';
import type { DecidingChoice } from './services/changes/deciding.ts';
import type { HandlerChoice } from './services/handlers.ts';
import type { RespondingChoice } from './services/incidents/responding.ts';

/** Who reads, in the journal and in incidents. */
export function jamie(customer: string): Actor {
  return { kind: 'agent', account: `jamie:${customer}`, person: '', name: 'Jamie', roles: [], surface: 'agent' };
}

function scarlet(customer: string): Actor {
  return { kind: 'agent', account: `agent:${customer}`, person: '', name: 'Scarlet', roles: [], surface: 'agent' };
}

/** Where changes are proposed, decided and executed for this customer. */
export function deskOf(
  parts: AgentParts,
  deciders: DecidingChoice,
): Omit<ExecutionDesk, 'stopped'> & Pick<HandlerChoice['desk'], 'newId' | 'lifetime'> {
  const { store, clock, digest, holder, cluster, images, git, watching } = parts;
  const identity = actingAs(parts.actAs, store.people);
  const look: ExecutionDesk['diagnose'] = async (scope, { signal }) => {
    const namespaces = namespacesToRead(scope);
    return await diagnose(watching.look, namespaces.length === 0 ? {} : { namespaces }, { signal });
  };
  return {
    store,
    clock,
    digest,
    holder,
    decide: deciding(deciders),
    agent: scarlet(parts.customer),
    ...(parts.tracer === undefined ? {} : { tracer: parts.tracer }),
    ground: {
      cluster,
      planner: withUndo({ plan: planAction, verify: verifyAction }, store.changes, look),
      ...(images === undefined ? {} : { images }),
      ...(git === undefined ? {} : { git }),
      ...(parts.releases === undefined ? {} : { releases: parts.releases }),
      ...(parts.signals?.alerts === undefined ? {} : { alerts: parts.signals.alerts }),
    },
    diagnose: look,
    ...(identity === undefined ? {} : { identity }),
    rules: { mode: parts.mode, ownYes: true },
    underWay: new Set(),
    pace: parts.pace ?? usualPace,
    newId: () => `chg-${parts.newId(12)}`,
    lifetime: parts.approvalLasts,
  };
}

/** How Scarlet proposes for an incident: as for anybody else, and first without keeping it. */
export function fixing(desk: ProposalDesk): RespondingChoice['fixing'] {
  return {
    scarlet: desk.agent,
    rehearse: async ({ requests, requester, reason, signal }) => {
      const now = desk.clock.now();
      const { actions, facts } = await simulate(
        { requests, from: requester.kind, changeId: 'chg-rehearsal', moment: now, now, signal },
        desk.ground,
      );
      return await desk.decide({ actions, facts, requester, reason }, '');
    },
    propose: async (proposal) => await propose({ ...proposal, direct: false }, desk),
  };
}
