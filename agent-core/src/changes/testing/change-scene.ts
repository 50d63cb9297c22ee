import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditCode, AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Change, Reason } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import type { FakeCluster, FakeOptions } from '@autodevops/testkit/fake-cluster';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import type { ApprovalRules } from '../approving/approver.ts';
import { approve } from '../approving/approve.ts';
import { execute } from '../execution/execute.ts';
import { usualPace } from '../execution/run.ts';
import type { ExecutionDesk } from '../execution/run.ts';
import { propose } from '../approving/propose.ts';
import type { Proposal, ProposalDesk } from '../approving/propose.ts';
import { agent, ann, bob, decisionOf, noon, person, sha256 } from './samples.ts';
import { testPlanner } from './test-actions.ts';
import { virtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type Desk = ExecutionDesk & ProposalDesk;

export interface ChangeScene {
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly cluster: FakeCluster;
  readonly desk: Desk;
  /** Proposes with ann as the requester. */
  readonly propose: (requests: readonly ActionRequest[], changes?: Partial<Proposal>) => Promise<Change>;
  readonly approve: (change: Pick<Change, 'id' | 'digest'>, actor?: Actor) => Promise<Change>;
  readonly execute: (id: string, desk?: Partial<Desk>) => Promise<Change>;
  readonly audited: (code: AuditCode) => Promise<readonly AuditEntry[]>;
  readonly codes: () => Promise<readonly AuditCode[]>;
}

export interface SceneOptions extends FakeOptions {
  readonly objects?: readonly Manifest[];
  readonly decide?: Desk['decide'] | Decision;
  /** What Jamie sees, from the objects as they are. */
  readonly causes?: (objects: readonly Manifest[]) => readonly Cause[];
  readonly rules?: ApprovalRules;
}

export const signal: AbortSignal = new AbortController().signal;

export function request(
  action: string,
  name: string,
  params: ActionRequest['params'] = {},
  kind = 'Deployment',
): ActionRequest {
  return {
    action,
    target: { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, namespace: 'shop', name, uid: '' },
    params,
  };
}

export function deployment(name = 'web', replicas = 1, metadata: object = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...metadata },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
    },
  };
}

export function pod(name: string, app = 'web'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app } },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function causeOn(code: string, object: Pick<ObjectRef, 'kind' | 'name'>, changes: Partial<Cause> = {}): Cause {
  return {
    rank: 1,
    code,
    title: code,
    severity: 'critical',
    confidence: 'high',
    object: { apiVersion: 'v1', namespace: 'shop', uid: '', ...object },
    cause: '',
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    ...changes,
  };
}

export function diagnosisOf(causes: readonly Cause[], blindSpots: readonly string[] = []): Diagnosis {
  return {
    schemaVersion: 1,
    verdict: causes.length > 0 ? 'problem' : 'healthy',
    summary: '',
    observed: {
      cluster: '',
      capturedAt: '',
      source: '',
      serverVersion: '',
      namespaces: [],
      objects: {},
      logs: 0,
      milliseconds: 0,
    },
    blindSpots: blindSpots.map((what) => ({ what, why: '', remedy: '' })),
    causes: [...causes],
    information: [],
    suppressed: [],
  };
}

export const becauseOf = (code: string, name = 'web'): Reason => ({
  text: 'It is too small.',
  finding: {
    code,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' },
    confidence: 'high',
    evidence: [],
  },
});

async function link(store: MemoryStore, actor: Actor, accounts: readonly string[]): Promise<void> {
  const entry: AuditEntry = {
    code: 'PPL001',
    time: new Date(noon).toISOString(),
    actor: agent,
    onBehalfOf: '',
    subject: actor.person,
    success: true,
    says: `${actor.name} is linked.`,
    details: {},
  };
  await store.people.put(
    { id: actor.person, name: actor.name, accounts: [...accounts], roles: [...actor.roles] },
    entry,
  );
}

function deskOf(scene: Pick<ChangeScene, 'clock' | 'store' | 'cluster'>, options: SceneOptions): Desk {
  const { decide = decisionOf('one'), causes = () => [], rules = { mode: 'cloud', ownYes: false } } = options;
  let made = 0;
  return {
    store: scene.store,
    clock: scene.clock,
    digest: sha256,
    agent,
    holder: 'one',
    rules,
    pace: usualPace,
    lifetime: 3_600_000,
    underWay: new Set(),
    decide: typeof decide === 'function' ? decide : async () => decide,
    ground: { cluster: scene.cluster, planner: testPlanner },
    diagnose: async () => diagnosisOf(causes(scene.cluster.all())),
    stopped: () => false,
    newId: () => `chg-${String(++made).padStart(12, '0')}`,
  };
}

/** A cluster, a store and people in memory, with time that passes when everybody waits. */
export async function changeScene(options: SceneOptions = {}): Promise<ChangeScene> {
  const clock = virtualClock(noon);
  const store = createMemoryStore({ now: clock.now });
  const cluster = fakeCluster(options.objects ?? [deployment()], { now: clock.now, ...options });
  for (const actor of [ann, bob, person('cem'), person('dan', ['guest'])]) {
    await link(store, actor, [actor.account, `cli:${actor.name}`]);
  }
  const desk = deskOf({ clock, store, cluster }, options);
  const entries = async (): Promise<readonly AuditEntry[]> =>
    (await store.audit.rows({ from: 1, limit: 10_000 })).map(({ entry }) => entry);
  let keys = 0;
  return {
    clock,
    store,
    cluster,
    desk,
    propose: async (requests, changes) =>
      await propose(
        {
          requests,
          requester: ann,
          reason: { text: 'Ann wants it.' },
          idempotencyKey: `key-${++keys}`,
          direct: false,
          signal,
          ...changes,
        },
        desk,
      ),
    approve: async ({ id, digest }, actor = bob) => await approve({ id, digest, actor, signal }, desk),
    execute: async (id, changes) => await execute(id, { ...desk, ...changes }, signal),
    audited: async (code) => (await entries()).filter((entry) => entry.code === code),
    codes: async () => (await entries()).map(({ code }) => code).filter((code) => !code.startsWith('PPL')),
  };
}

/** The error that something is refused with; fails when it is not. */
export async function refusalOf(work: Promise<unknown>): Promise<AutoDevOpsError> {
  return await work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: unknown) => {
      if (error instanceof AutoDevOpsError) return error;
      throw error;
    },
  );
}
