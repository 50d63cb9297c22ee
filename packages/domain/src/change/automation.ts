import { z } from 'zod';
import { Confidence } from '../diagnosis.ts';
import { AutonomyLevel } from './policy.ts';

const patterns = z.array(z.string().min(1)).min(1);
const seconds = z.int().min(0);

/** When something is to be done: a finding that lasts. Every given field has to match; `*` stands for any letters. */
export const AutomationTrigger = z.strictObject({
  findings: patterns.describe('codes of findings'),
  kinds: patterns.optional().describe("kinds of the finding's object"),
  namespaces: patterns.optional(),
  confidence: z.array(Confidence).min(1).default(['high']),
  among: z
    .enum(['causes', 'information', 'both'])
    .default('causes')
    .describe('information: what Jamie tells below the line, because it is so by design or has recovered'),
  lasts: seconds.describe('how long it has to be seen without a break, in seconds'),
  unless: patterns
    .optional()
    .describe('codes of causes on the same object that forbid it; with a blind spot nothing is done'),
  after: z
    .string()
    .min(1)
    .optional()
    .describe('only when the last change of the target that ended was this action, and succeeded'),
});
export type AutomationTrigger = z.infer<typeof AutomationTrigger>;

/** What is to be done then: what Jamie proposes for the finding, or an action whose parameters are written here. */
export const AutomationDeed = z.discriminatedUnion('take', [
  z.strictObject({
    take: z.literal('proposal'),
    action: z.string().min(1).describe('the first proposal of this action'),
  }),
  z.strictObject({
    take: z.literal('action'),
    action: z.string().min(1),
    on: z.enum(['object', 'pods']).describe("the finding's object, or the pods among the object and its symptoms"),
    params: z.record(z.string(), z.json()).default({}),
  }),
]);
export type AutomationDeed = z.infer<typeof AutomationDeed>;

/** A parameter that may not be more than this: `limits.memory`, `4Gi`. */
export const AutomationBound = z.strictObject({
  param: z.string().min(1),
  most: z.string().min(1).describe('a quantity, as Kubernetes writes it'),
});
export type AutomationBound = z.infer<typeof AutomationBound>;

/** Stops an automation that does harm or no good. */
export const AutomationBreaker = z.strictObject({
  failures: z.int().min(1).describe('so many changes that did not succeed'),
  returns: z.int().min(1).describe('so many changes that did, after which the same finding came back'),
  within: seconds,
  rest: seconds.describe('how long it does nothing then'),
});
export type AutomationBreaker = z.infer<typeof AutomationBreaker>;

/** "When this finding lasts so long, propose that." Whether it is done without a person is the policy's to say. */
export const Automation = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  why: z.string().min(1).describe('one sentence, the reason of every change that it proposes'),
  when: AutomationTrigger,
  do: AutomationDeed,
  bounds: z.array(AutomationBound).default([]),
  limits: z.strictObject({ perHour: z.int().min(1), perTargetPerDay: z.int().min(1) }),
  breaker: AutomationBreaker,
  mode: z.enum(['on', 'dry', 'off']).default('on').describe('dry: what it would propose is recorded and not proposed'),
  levels: z.array(AutonomyLevel).min(1).describe('levels of autonomy at which it works'),
});
export type Automation = z.infer<typeof Automation>;

/** A finding that an automation waits for to last. */
export const Sighting = z.strictObject({
  automation: z.string(),
  finding: z.string().describe('code and Kind/namespace/name'),
  since: z.string(),
  last: z.string(),
  lasted: z.number().min(0).default(0).describe('how long it has been seen, in seconds, whatever clocks were set to'),
});
export type Sighting = Readonly<z.infer<typeof Sighting>>;

/** Something that an automation did about a finding, once for each spell of it. */
export const Deed = z.strictObject({
  automation: z.string(),
  finding: z.string(),
  since: z.string().describe('when the spell began: one deed for each'),
  target: z.string().describe('Kind/namespace/name'),
  time: z.string(),
  change: z.string().describe('empty where none was proposed'),
  outcome: z
    .enum(['open', 'succeeded', 'failed', 'dropped', 'refused', 'dry'])
    .describe('dropped: rejected, expired, cancelled, superseded or forbidden'),
  says: z.string(),
});
export type Deed = Readonly<z.infer<typeof Deed>>;

/** What automations remember, for all processes and across restarts. */
export const AutomationMemory = z.strictObject({
  sightings: z.array(Sighting),
  deeds: z.array(Deed),
  resting: z.array(z.string()).describe('ids of those whose circuit breaker is open, as it was said last'),
  looked: z
    .strictObject({ holder: z.string(), passed: z.number().describe('milliseconds of that process') })
    .optional()
    .describe('who looked last, and when by its own time'),
});
export type AutomationMemory = Readonly<z.infer<typeof AutomationMemory>>;
