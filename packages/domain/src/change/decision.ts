import { z } from 'zod';

/** From loosest to strictest: done at once, one yes, two yeses of two people, not at all. */
export const tiers = ['auto', 'one', 'two', 'forbidden'] as const;
/** What a policy answers: done at once, after one or two yeses, or not at all. */
export const Tier = z.enum(tiers);
export type Tier = z.infer<typeof Tier>;

/** The stricter of two. */
export function stricter(a: Tier, b: Tier): Tier {
  return tiers.indexOf(a) >= tiers.indexOf(b) ? a : b;
}

/** A rule that spoke, and why: everything that led to a decision is kept with it. */
export const RuleVoice = z.strictObject({
  rule: z
    .string()
    .describe(
      'id of the rule; `floor.*` for the built-in floor, `level.*` for the autonomy level, `freeze.*` for a freeze, `default` where no rule matched',
    ),
  tier: Tier,
  why: z.string().describe('one sentence'),
});
export type RuleVoice = Readonly<z.infer<typeof RuleVoice>>;

/** So many yeses of people who have one of the roles; no roles: of any linked person. */
export const Demand = z.strictObject({ approvals: z.int().min(1).max(2), roles: z.array(z.string()) });
export type Demand = Readonly<z.infer<typeof Demand>>;

/** What the policy said of a plan, with everything that led to it. */
export const Decision = z.strictObject({
  tier: Tier,
  voices: z.array(RuleVoice).min(1).describe('strictest first'),
  roles: z.array(z.string()).describe("whose yes counts; empty: any linked person's"),
  demands: z
    .array(Demand)
    .optional()
    .describe(
      "each has to be met, and one person's yes may count for several; absent: as many as the tier says, of `roles`",
    ),
  policyVersion: z.string().describe('digest of the policy that decided'),
  shadow: z
    .strictObject({ tier: Tier, policyVersion: z.string() })
    .optional()
    .describe('what a policy on trial would have decided'),
});
export type Decision = Readonly<z.infer<typeof Decision>>;
