import { z } from 'zod';
import { Tier } from './decision.ts';
import { Risk } from './plan.ts';

const patterns = z.array(z.string().min(1)).min(1);

/** Days and hours in a time zone; a window that ends before it begins runs over midnight and belongs to the day it began. */
export const TimeWindow = z.strictObject({
  zone: z.string().min(1).describe('IANA name: Europe/Vienna'),
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written 09:30'),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time is written 17:00, the end of a day 24:00'),
});
export type TimeWindow = Readonly<z.infer<typeof TimeWindow>>;

/** Nothing is done from `from` on until `to`. */
export const Freeze = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name has small letters, digits and hyphens'),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  environments: patterns.optional().describe('only in these; absent: everywhere'),
});
export type Freeze = Readonly<z.infer<typeof Freeze>>;

/** What a rule speaks of. Every given field has to match; `*` in a pattern stands for any letters. */
export const RuleMatch = z.strictObject({
  actions: patterns.optional(),
  kinds: patterns.optional().describe('kind of the target'),
  risks: z.array(Risk).min(1).optional(),
  environments: patterns.optional(),
  namespaces: patterns
    .optional()
    .describe('of the target and of every object that an operation names; a cluster-scoped one has the namespace ""'),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe('labels of the target; `*` in a value stands for any letters'),
  actors: z
    .array(z.enum(['person', 'automation', 'agent']))
    .min(1)
    .optional(),
  accounts: patterns.optional().describe('account of the requester: `automation:undo-*`'),
  roles: patterns.optional().describe('the requester has one of them'),
  findings: patterns.optional().describe('codes of the finding that is to go'),
  confidence: z
    .array(z.enum(['high', 'medium', 'low']))
    .min(1)
    .optional()
    .describe('of the finding that is to go'),
  reversible: z.boolean().optional(),
  gitops: z.boolean().optional().describe('whether a tool would put the change back'),
  within: z.array(TimeWindow).min(1).optional().describe('now is inside of one of these'),
  outside: z.array(TimeWindow).min(1).optional().describe('now is outside of all of these'),
});
export type RuleMatch = Readonly<z.infer<typeof RuleMatch>>;

/** A rule holds as written while these hold; past one of them it says `beyond` instead, if that is stricter. */
export const RuleLimits = z.strictObject({
  objects: z.int().min(1).optional(),
  services: z.int().min(0).optional(),
  namespaces: z.int().min(1).optional(),
  shareOfReadyEndpoints: z.number().min(0).max(1).optional(),
  changesPerHour: z.int().min(1).optional().describe('by this rule'),
  changesPerWorkloadPerDay: z.int().min(1).optional().describe('by any rule, in 24 hours'),
  beyond: Tier.default('two'),
});
export type RuleLimits = Readonly<z.infer<typeof RuleLimits>>;

/** One rule: when it speaks, and how strict it is then. */
export const PolicyRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an id has small letters, digits and hyphens'),
  why: z.string().min(1).describe('one sentence, shown with every decision that it led to'),
  match: RuleMatch.default({}),
  when: z
    .string()
    .max(2000)
    .optional()
    .describe(
      'a CEL condition over `action`, `risk`, `target`, `labels`, `params`, `facts`, `actor`, `finding`, `environments`, `now`',
    ),
  limits: RuleLimits.optional(),
  decision: Tier,
  approvers: z.array(z.string().min(1)).default([]).describe('roles whose yes counts'),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** A preset of rules by its name, from the most cautious on. */
export const AutonomyLevel = z.enum(['observe', 'suggest', 'assist', 'development', 'production']);
export type AutonomyLevel = z.infer<typeof AutonomyLevel>;

/**
 * A policy file. All matching rules count, those of the level and those of the file, and the strictest wins; without a
 * match the mode's default holds: one yes on a laptop, forbidden in the cloud.
 */
export const Policy = z.strictObject({
  version: z.literal(1),
  autonomy: AutonomyLevel.optional().describe('whose rules count too; absent: only the rules of this file'),
  rules: z.array(PolicyRule).default([]),
  freezes: z.array(Freeze).default([]).describe('nothing is done in these, but by breaking the glass'),
  environments: z
    .record(z.string().min(1), patterns)
    .default({})
    .describe('names of environments, each with patterns of namespaces'),
  patchManaged: patterns
    .optional()
    .describe(
      'namespaces where what Argo CD, Flux, Helm or an operator manages may be changed directly, with two yeses; elsewhere that is forbidden',
    ),
});
export type Policy = z.infer<typeof Policy>;
