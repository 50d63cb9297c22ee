import { z } from 'zod';
import { IncidentSeverity } from './incident-event.ts';

/** Whom a step tells: whoever is on call by a schedule, a linked person, or an account. */
export const EscalationTarget = z.union([
  z.strictObject({ schedule: z.string().min(1).max(100) }),
  z.strictObject({ person: z.string().min(1).max(100).describe('id of a linked person') }),
  z.strictObject({ account: z.string().regex(/^[a-z]+:[\w@./-]{1,100}$/) }),
]);
export type EscalationTarget = Readonly<z.infer<typeof EscalationTarget>>;

const minutes = z.int().min(0).max(1440);

/** Who is told of an incident that nobody takes up, one step after the other. */
export const EscalationPolicy = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  severities: z
    .array(IncidentSeverity)
    .min(1)
    .default(['sev1', 'sev2'])
    .describe('of incidents that it is for; the first policy that has one counts'),
  steps: z
    .array(
      z.strictObject({
        afterMinutes: minutes
          .default(0)
          .describe('without anybody who takes it up: since it was opened, then since the step before'),
        tell: z.array(EscalationTarget).min(1).max(20),
      }),
    )
    .min(1)
    .max(20),
  repeat: z
    .strictObject({ times: z.int().min(1).max(20), afterMinutes: z.int().min(1).max(1440) })
    .optional()
    .describe('all steps once more, so many times, so long after the last one'),
});
export type EscalationPolicy = Readonly<z.infer<typeof EscalationPolicy>>;

const rhythm = z.int().min(1).max(10_080).optional();

/** After how many minutes without a person's word a status update is due; a severity that is not named has no rhythm. */
export const UpdateRhythm = z.strictObject({ sev1: rhythm, sev2: rhythm, sev3: rhythm, sev4: rhythm });
export type UpdateRhythm = Readonly<z.infer<typeof UpdateRhythm>>;
