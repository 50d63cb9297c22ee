import { z } from 'zod';
import { ObjectRef } from '../object-ref-contract.ts';
import { Operation } from './operation.ts';

/** How much an action can harm when it is wrong, whatever it is done to. */
export const Risk = z.enum(['low', 'medium', 'high']);
export type Risk = z.infer<typeof Risk>;

/** What somebody asks for: an action of the catalogue, on one object, with parameters that the action's schema reads. */
export const ActionRequest = z.strictObject({
  action: z.string().min(1),
  target: ObjectRef,
  params: z.record(z.string(), z.json()),
});
export type ActionRequest = Readonly<z.infer<typeof ActionRequest>>;

/** The same thing said before, while and after it is done. Whole sentences, made from typed values, never by a model. */
export const Sentences = z.strictObject({ will: z.string(), doing: z.string(), done: z.string() });
export type Sentences = Readonly<z.infer<typeof Sentences>>;

/** One field that differs: `spec.replicas`, as YAML shows it; empty where there is nothing. */
export const FieldDiff = z.strictObject({
  object: ObjectRef,
  path: z.string(),
  before: z.string(),
  after: z.string(),
});
export type FieldDiff = Readonly<z.infer<typeof FieldDiff>>;

/**
 * What policy and people judge by, computed from the live cluster. Absent means: could not be found out, which never
 * loosens a decision.
 */
export const Facts = z.strictObject({
  capturedAt: z.string().describe('when the cluster was read'),
  blastRadius: z
    .strictObject({
      objects: z.int(),
      services: z.array(z.string()).describe('namespace/name of each Service that routes to what is touched'),
      namespaces: z.array(z.string()),
      shareOfReadyEndpoints: z
        .number()
        .min(0)
        .max(1)
        .describe("the largest share of one Service's ready endpoints that is touched"),
      readyEndpoints: z.int().optional().describe('how many ready endpoints that Service has'),
    })
    .optional(),
  disruptionsAllowed: z
    .int()
    .optional()
    .describe('the smallest that a PodDisruptionBudget over the touched pods allows now'),
  managedBy: z
    .array(z.strictObject({ tool: z.enum(['argocd', 'flux', 'helm', 'operator']), owner: z.string() }))
    .optional()
    .describe('who would put the change back; empty: nobody'),
  labels: z
    .record(z.string(), z.record(z.string(), z.string()))
    .optional()
    .describe('of each target, by Kind/namespace/name; a target that is not in it could not be read'),
  workloads: z
    .array(z.string())
    .optional()
    .describe('Kind/namespace/name of each workload whose pods or template are touched'),
  reversible: z.boolean(),
  restores: z
    .boolean()
    .optional()
    .describe('it takes back a change since which something that this touched became ill; absent: not known'),
  notes: z.array(z.string()).describe('what the simulation found, one sentence each'),
});
export type Facts = Readonly<z.infer<typeof Facts>>;

/** One action, planned against the live cluster. */
export const PlannedAction = z.strictObject({
  request: ActionRequest,
  risk: Risk,
  sentences: Sentences,
  operations: z.array(Operation).min(1),
  /** What takes it back, last first; empty with a reason when nothing can. */
  undo: z.strictObject({ operations: z.array(Operation), why: z.string() }),
  /** How long to wait for its success, in seconds. */
  patience: z.int().min(1),
});
export type PlannedAction = Readonly<z.infer<typeof PlannedAction>>;

/** Ordered actions that are approved as a whole, executed in order and undone backwards. */
export const Plan = z.strictObject({
  actions: z.array(PlannedAction).min(1),
  diff: z.array(FieldDiff).describe("from the server's dry run"),
  facts: Facts,
  cluster: z
    .string()
    .optional()
    .describe('which cluster it is for: the uid of its namespace kube-system; absent where that could not be read'),
});
export type Plan = Readonly<z.infer<typeof Plan>>;
