import { z } from 'zod';
import { Evidence, Symptom } from '../diagnosis.ts';
import { ObjectRef } from '../object-ref-contract.ts';
import { Actor } from './actor.ts';
import { Decision } from './decision.ts';
import { Target } from './operation.ts';
import { Plan } from './plan.ts';

/** Where a change stands on its way. `unknown`: nobody can tell whether its effect was. */
export const ChangeState = z.enum([
  'proposed',
  'waiting',
  'approved',
  'executing',
  'verifying',
  'undoing',
  'succeeded',
  'undone',
  'failed',
  'unknown',
  'rejected',
  'forbidden',
  'expired',
  'cancelled',
  'superseded',
]);
export type ChangeState = z.infer<typeof ChangeState>;

/** From these nothing leads on. */
export const finalStates: readonly ChangeState[] = [
  'succeeded',
  'undone',
  'failed',
  'unknown',
  'rejected',
  'forbidden',
  'expired',
  'cancelled',
  'superseded',
];

/** Why: the finding that the change is to remove, or a person's words. */
export const Reason = z.strictObject({
  text: z.string().describe('one sentence'),
  finding: z
    .strictObject({
      code: z.string(),
      title: z.string().optional().describe('what the fault is called; none of a symptom'),
      object: ObjectRef,
      confidence: z.enum(['high', 'medium', 'low']),
      evidence: z.array(Evidence),
    })
    .optional(),
});
export type Reason = Readonly<z.infer<typeof Reason>>;

/** A yes to exactly what the digest stands for. */
export const Approval = z.strictObject({ actor: Actor, digest: z.string(), time: z.string() });
export type Approval = Readonly<z.infer<typeof Approval>>;

/** What became of one operation. */
export const StepOutcome = z.enum(['done', 'not-done', 'unknown']);
export type StepOutcome = z.infer<typeof StepOutcome>;

/** Which operation: of which action of the plan, which of its operations, forwards or taking it back. */
export const StepId = z.strictObject({
  direction: z.enum(['forward', 'back']),
  action: z.int().min(0),
  operation: z.int().min(0),
});
export type StepId = Readonly<z.infer<typeof StepId>>;

const at = { time: z.string() };

/** What Jamie saw where the change reaches, before anything was done: whether something got worse is told against it. */
export const SeenBefore = z.strictObject({ findings: z.array(Symptom), blindSpots: z.array(z.string()) });
export type SeenBefore = Readonly<z.infer<typeof SeenBefore>>;

/**
 * The journal of a change: what happened, in order, never rewritten. The state of a change is what its events say
 * (`agent-core/src/changes/journal/change-state.ts`); nothing else is kept.
 */
export const ChangeEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('proposed'),
    ...at,
    requester: Actor,
    reason: Reason,
    plan: Plan,
    idempotencyKey: z.string(),
    expiresAt: z.string(),
  }),
  z.strictObject({
    type: z.literal('decided'),
    ...at,
    decision: Decision,
    digest: z
      .string()
      .describe('of which proposal it is, plan, diff, facts and policy version: what a yes is bound to'),
  }),
  z.strictObject({ type: z.literal('approved'), ...at, approval: Approval }),
  z.strictObject({ type: z.literal('rejected'), ...at, actor: Actor, why: z.string() }),
  z.strictObject({ type: z.literal('cancelled'), ...at, actor: Actor, why: z.string() }),
  z.strictObject({ type: z.literal('expired'), ...at }),
  z.strictObject({ type: z.literal('superseded'), ...at, by: z.string() }),
  z.strictObject({
    type: z.literal('execution-began'),
    ...at,
    holder: z.string(),
    fence: z.int(),
    before: SeenBefore.optional(),
  }),
  z.strictObject({
    type: z.literal('step-intended'),
    ...at,
    step: StepId,
    fence: z.int(),
    target: Target.optional().describe('as seen just before sending'),
  }),
  z.strictObject({
    type: z.literal('step-ended'),
    ...at,
    step: StepId,
    outcome: StepOutcome,
    recovered: z.boolean().describe('found out after a restart, by looking'),
    says: z.string(),
    created: Target.optional(),
  }),
  z.strictObject({ type: z.literal('verification-began'), ...at }),
  z.strictObject({ type: z.literal('verified'), ...at, says: z.string() }),
  z.strictObject({ type: z.literal('not-verified'), ...at, says: z.string() }),
  z.strictObject({ type: z.literal('undo-began'), ...at, why: z.string(), actor: Actor }),
  z.strictObject({ type: z.literal('undone'), ...at, says: z.string() }),
  z.strictObject({ type: z.literal('failed'), ...at, says: z.string() }),
  z.strictObject({ type: z.literal('unknown'), ...at, says: z.string() }),
]);
export type ChangeEvent = Readonly<z.infer<typeof ChangeEvent>>;

/** A change as people see it. Times are ISO 8601 in UTC; `id` is `chg-` and 12 letters or digits. */
export const Change = z.strictObject({
  id: z.string(),
  state: ChangeState,
  says: z.string().describe('one sentence about where it stands'),
  requester: Actor,
  reason: Reason,
  plan: Plan,
  decision: Decision.optional(),
  digest: z.string().describe('empty until decided'),
  approvals: z.array(Approval),
  steps: z.array(z.strictObject({ step: StepId, outcome: StepOutcome.optional(), says: z.string() })),
  createdAt: z.string(),
  expiresAt: z.string(),
  updatedAt: z.string(),
  sequence: z.int().min(1).describe('how many events its journal holds'),
});
export type Change = Readonly<z.infer<typeof Change>>;
