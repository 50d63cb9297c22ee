import { z } from 'zod';
import { Actor } from './actor.ts';

/** How long broken glass lasts at most, in minutes, and when it has to be looked at, in hours after it was broken. */
export const glassMinutes = 60;
export const glassReviewHours = 24;

/**
 * A person has set the policy's rules aside for a short while, with a reason that others will read: what a rule forbids
 * then needs two yeses. The built-in floor stays.
 */
export const BrokenGlass = z.strictObject({
  id: z.string().min(1),
  who: Actor,
  reason: z.string().min(1),
  from: z.string(),
  until: z.string(),
  reviewDue: z.string(),
  review: z.strictObject({ by: Actor, time: z.string(), says: z.string() }).optional(),
});
export type BrokenGlass = Readonly<z.infer<typeof BrokenGlass>>;
