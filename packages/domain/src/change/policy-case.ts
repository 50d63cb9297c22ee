import { z } from 'zod';
import { Tier } from './decision.ts';
import { Risk } from './plan.ts';

/** A question in short: what is not said is harmless and known, so that a case shows the one thing that it is about. */
export const CaseQuestion = z.strictObject({
  action: z.string().min(1),
  verb: z.enum(['patch', 'create', 'apply', 'delete', 'evict']).default('patch').describe('what is sent'),
  risk: Risk.default('low'),
  kind: z.string().min(1).default('Deployment'),
  apiVersion: z.string().min(1).optional().describe('absent: that of the kind'),
  namespace: z.string().default('shop').describe('empty: a cluster-scoped object'),
  name: z.string().min(1).default('web'),
  params: z.record(z.string(), z.json()).default({}),
  labels: z.record(z.string(), z.string()).default({}),
  by: z.enum(['person', 'automation', 'agent']).default('person'),
  account: z.string().min(1).optional(),
  roles: z.array(z.string()).default([]),
  finding: z
    .strictObject({ code: z.string().min(1), confidence: z.enum(['high', 'medium', 'low']).default('high') })
    .optional(),
  environment: z.string().default('').describe('of the whole cluster'),
  reversible: z.boolean().default(true),
  restores: z.boolean().default(false).describe('takes back what made something ill'),
  managedBy: z.enum(['argocd', 'flux', 'helm', 'operator']).optional(),
  objects: z.int().min(0).default(1),
  services: z.int().min(0).default(1),
  namespaces: z.int().min(0).default(1),
  shareOfReadyEndpoints: z.number().min(0).max(1).default(0),
  readyEndpoints: z.int().min(0).default(4),
  disruptionsAllowed: z.int().optional(),
  unknown: z
    .array(z.enum(['blastRadius', 'managedBy', 'labels', 'workloads', 'history']))
    .default([])
    .describe('what could not be found out'),
  factsAge: z.number().min(0).default(0).describe('in seconds'),
  mode: z.enum(['local', 'cloud']).default('local'),
  now: z.iso.datetime({ offset: true }).default('2026-01-07T12:00:00Z'),
  clockAhead: z.number().min(0).default(0).describe("by how many seconds the machine's clock was set forwards"),
  changesLastHour: z.int().min(0).max(1000).default(0).describe('by every rule'),
  changesOfWorkloadToday: z.int().min(0).max(1000).default(0),
  killSwitch: z.boolean().default(false),
  auditWritable: z.boolean().default(true),
  brokenGlass: z.boolean().default(false),
});
export type CaseQuestion = z.infer<typeof CaseQuestion>;

/** One case beside a policy: what is asked, and what the policy has to say. */
export const PolicyCase = z.strictObject({
  says: z.string().min(1).describe('what the case shows, as a sentence'),
  given: CaseQuestion,
  expect: z.strictObject({ tier: Tier, rule: z.string().min(1).optional().describe('a rule that is to say so') }),
});
export type PolicyCase = z.infer<typeof PolicyCase>;

/** A file of cases, beside the policy that they are for: `NAME.yaml` and `NAME.cases.yaml`. */
export const PolicyCases = z.strictObject({ version: z.literal(1), cases: z.array(PolicyCase).min(1) });
export type PolicyCases = z.infer<typeof PolicyCases>;
