import { z } from 'zod';
import { ToldParts } from './remedy/remedy-step.ts';

/** What the life of a local cluster is made of; a plan holds those that are needed, in this order. */
export const LocalStep = z.enum([
  'clear',
  'image',
  'mark',
  'nodes',
  'control-plane',
  'network',
  'storage',
  'workers',
  'kubeconfig',
  'mirrors',
  'ceiling',
  'start',
  'ready',
  'images',
  'dns',
  'stop',
  'remove',
  'load',
  'read',
  'restore',
  'agent',
]);
export type LocalStep = z.infer<typeof LocalStep>;

const milliseconds = z.number().min(0);

/** A step that is to come. `estimateMs` null: it was never done here before. */
export const PlannedStep = z.object({ step: LocalStep, says: z.string(), estimateMs: milliseconds.nullable() });
export type PlannedStep = z.infer<typeof PlannedStep>;

/**
 * `foreign`: a cluster of that name exists that was not made here. `half-made`: making it was interrupted, or some of its
 * nodes are gone. `absent` is also one of which no node is left.
 */
export const LocalPhase = z.enum(['absent', 'half-made', 'running', 'stopped', 'partly-running', 'foreign']);
export type LocalPhase = z.infer<typeof LocalPhase>;

/** One node's container, and what the API server says of the node where it answers. */
export const LocalNode = z.object({
  name: z.string(),
  role: z.enum(['control-plane', 'worker', 'other']),
  running: z.boolean(),
  /** Undefined where the API server did not say. */
  ready: z.boolean().optional(),
  version: z.string().optional(),
});
export type LocalNode = z.infer<typeof LocalNode>;

/** How a local cluster stands: what `autodevops local status -o json` prints. */
export const LocalStatus = z.object({
  name: z.string(),
  phase: LocalPhase,
  /** What is to be done next, in one sentence; empty when nothing is. */
  next: z.string(),
  engine: z.string().nullable().describe('docker, podman or nerdctl; null when none answers'),
  context: z.string().describe('of the kubeconfig'),
  kubeconfig: z.string().describe('file with this cluster alone; others may hold its context too'),
  server: z.string().nullable(),
  /** Whether the API server answers that it is ready. */
  ready: z.boolean(),
  nodes: z.array(LocalNode),
  createdAt: z.iso.datetime().nullable(),
  /** The configuration that it was made from; null where the defaults were used. */
  configuration: z.string().nullable(),
});
export type LocalStatus = z.infer<typeof LocalStatus>;

/**
 * What happens, in the order in which it does: first a plan, then each of its steps, then `done`. A failure is no event:
 * the iteration ends with an error whose `code`, sentence and remedy are for people.
 */
export const LocalEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plan'), steps: z.array(PlannedStep), estimateMs: milliseconds.nullable() }),
  z.object({ type: z.literal('step-started'), step: LocalStep, says: z.string(), estimateMs: milliseconds.nullable() }),
  /** Something new about the step that goes on; `total` 0 when it is not known. */
  z.object({
    type: z.literal('step-progress'),
    step: LocalStep,
    says: z.string(),
    done: z.int().min(0),
    total: z.int().min(0),
  }),
  z.object({ type: z.literal('step-done'), step: LocalStep, says: z.string(), ms: milliseconds }),
  /** Worth knowing, in the way of nothing. */
  z.object({ type: z.literal('note'), says: z.string(), remedy: z.string(), remedyParts: ToldParts }),
  z.object({ type: z.literal('done'), says: z.string(), ms: milliseconds, status: LocalStatus }),
]);
export type LocalEvent = z.infer<typeof LocalEvent>;

/** What a run came to: what `autodevops local up -o json` prints. */
export const LocalRun = z.object({
  says: z.string(),
  ms: milliseconds,
  steps: z.array(z.object({ step: LocalStep, ms: milliseconds })),
  notes: z.array(z.object({ says: z.string(), remedy: z.string(), remedyParts: ToldParts })),
  status: LocalStatus,
});
export type LocalRun = z.infer<typeof LocalRun>;

/** One thing that `autodevops local doctor` looked at. `trouble` is in the way of `up`; `note` is not. */
export const LocalCheck = z.object({
  name: z.string(),
  state: z.enum(['fine', 'note', 'trouble']),
  says: z.string(),
  /** What to do; empty when all is well. */
  remedy: z.string(),
  remedyParts: ToldParts,
});
export type LocalCheck = z.infer<typeof LocalCheck>;

/** What stands in the way of a local cluster of that name on this machine. */
export const LocalDoctor = z.object({ name: z.string(), checks: z.array(LocalCheck) });
export type LocalDoctor = z.infer<typeof LocalDoctor>;

/** The context that Kind gives a cluster of that name (kind, pkg/cluster/internal/kubeconfig/internal/kubeconfig, KINDClusterKey). */
export function localContext(name: string): string {
  return `kind-${name}`;
}

export const defaultLocalName = 'autodevops';
