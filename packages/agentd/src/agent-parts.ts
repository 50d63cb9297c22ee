import type { Digest } from '@autodevops/agent-core/changes/simulating/digest';
import type { Pace } from '@autodevops/agent-core/changes/execution-desk';
import type { BoundedClock } from '@autodevops/agent-core/changes/surroundings';
import type { Self } from '@autodevops/agent-core/policy/question';
import type { Policy } from '@autodevops/domain/change/policy';
import type { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { Log } from '@autodevops/domain/log-line';
import type { ClusterObjects } from '@autodevops/domain/ports/cluster-objects';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { HelmReleases } from '@autodevops/domain/ports/helm-releases';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Alerts, Panels, SignalSources } from '@autodevops/domain/ports/signals';
import type { Store } from '@autodevops/domain/ports/store';
import type { ActAs } from './identity/acting-as.ts';
import type { AlertSource } from './identity/alert-source.ts';
import type { TrustedIssuer } from './identity/assertion.ts';
import type { CheckpointChoice } from './services/changes/checkpoints.ts';
import type { Watching } from './services/cluster/watching.ts';
import type { IncidentChoice } from './services/incidents/responding.ts';
import type { Retention } from './services/pruning.ts';
import type { MachineClock } from './services/timekeeping.ts';
import { tracedObjects, tracedReader, tracedStore } from './tracing/traced-parts.ts';
import type { Tracing } from './tracing/tracing.ts';

/** What an agent is made of; `compose.ts` chooses it, tests make their own. */
export interface AgentParts {
  readonly version: string;
  readonly mode: 'local' | 'cloud';
  readonly customer: string;
  readonly clusterName: string;
  readonly policy: Policy;
  /** Asked beside it; what it would say is kept and changes nothing. */
  readonly policyOnTrial?: Policy;
  /** Name of the environment that the whole cluster is; empty: patterns of the policy say. */
  readonly environment: string;
  /** Whose user of the API server acts for a change. */
  readonly actAs: ActAs;
  /** How long a proposal waits for its yes, in milliseconds. */
  readonly approvalLasts: number;
  /** What the agent itself stands on, as it is now. */
  readonly self: () => Promise<Self>;
  readonly store: Store;
  readonly cluster: ClusterObjects;
  readonly watching: Watching;
  readonly images?: NodeImages;
  readonly git?: GitChanges;
  readonly releases?: HelmReleases;
  /** Monitoring: what answers are enriched from, to whom silences are told, where changes are noted. */
  readonly signals?: {
    readonly sources: SignalSources;
    readonly alerts?: Alerts;
    readonly panels?: Panels;
    readonly dashboards?: readonly Dashboard[];
    readonly close: () => void;
  };
  readonly clock: BoundedClock;
  readonly machineClock: MachineClock;
  readonly digest: Digest;
  readonly newId: (length: number) => string;
  /** Tells this process from others on the same store. */
  readonly holder: string;
  /** Whoever can reach a local agent's socket; undefined where everybody shows who he is. */
  readonly localUser: string | undefined;
  readonly issuers: readonly TrustedIssuer[];
  /** Whether other assistants are served at `/mcp`, beside every other door. */
  readonly mcpOverHttp: boolean;
  /** In days: how long what may go is kept. */
  readonly retention: Retention;
  /** What becomes an incident, who is told, and by which tokens monitoring tells of alerts. */
  readonly incidents: IncidentChoice & { readonly alertSources: () => Promise<readonly AlertSource[]> };
  /** Signs and keeps the head of the audit log in a second place; absent: nowhere. */
  readonly checkpoints?: Pick<CheckpointChoice, 'every' | 'sign' | 'append'>;
  readonly log: Log;
  /** Hears where time goes; absent: nobody does. */
  readonly tracer?: Tracing;
  readonly pace?: Pace;
}

/**
 * Questions are answered with what monitoring says. What has to be quick (the findings that are followed) or the same
 * before and after (how a change is verified, causes that are watched, automations) is not.
 */
export function measured(parts: AgentParts): AgentParts {
  const { signals, watching } = parts;
  return signals === undefined
    ? parts
    : { ...parts, watching: { ...watching, reader: { ...watching.reader, signals: signals.sources } } };
}

/** The same parts, each telling the tracer what it does. */
export function told(parts: AgentParts): AgentParts {
  const { tracer, store, cluster, watching } = parts;
  if (tracer === undefined) return parts;
  return {
    ...parts,
    store: tracedStore(store, tracer),
    cluster: tracedObjects(cluster, tracer),
    watching: {
      ...watching,
      reader: tracedReader(watching.reader, tracer),
      memory: tracedReader(watching.memory, tracer),
      look: tracedReader(watching.look, tracer),
    },
  };
}
