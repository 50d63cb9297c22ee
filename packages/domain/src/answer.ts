import { z } from 'zod';
import { BlindSpot, Cause } from './diagnosis.ts';
import { ObjectRef } from './object-ref-contract.ts';
import { ToldParts } from './remedy/remedy-step.ts';

/**
 * An answer to a question in plain words. `outcome`: `answered`; `no-such-name` (nothing is called that; `suggestions`
 * has near matches); `not-seen` (it may not be read here); `not-understood` (no rule fits; what can be seen is shown).
 * Version 1 is stable: fields are added, never renamed or removed.
 */
export const Answer = z.object({
  schemaVersion: z.literal(1),
  question: z.string(),
  understood: z
    .string()
    .optional()
    .describe('the question as it was taken, where it meant something of an earlier one'),
  intent: z.string().describe('the rule that answered; empty when none fits'),
  outcome: z.enum(['answered', 'no-such-name', 'not-seen', 'not-understood']),
  headline: z.string().describe('the answer in one sentence'),
  lines: z.array(z.string()).describe('what more there is to say, a sentence each'),
  remedies: z
    .array(z.object({ remedy: z.string(), remedyParts: ToldParts }))
    .optional()
    .describe('those of the lines that name what a person can do next'),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  causes: z.array(Cause).describe('causes of the diagnosis that the answer rests on'),
  objects: z.array(ObjectRef).describe('the objects that the answer is about'),
  suggestions: z.array(z.string()).describe('names or questions that may have been meant'),
  blindSpots: z.array(BlindSpot),
});
export type Answer = z.infer<typeof Answer>;
