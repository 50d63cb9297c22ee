import * as z from 'zod';
import { Part } from './part.ts';

export const TurnId = z.int().min(1);

/** A question with as much of its answer as there is. */
export const TurnView = z.object({
  id: TurnId,
  question: z.string(),
  time: z.string().describe('of the day, as people write it; empty where it is now'),
  how: z.enum(['running', 'done', 'stopped', 'failed']),
  parts: z.array(Part),
});
export type TurnView = Readonly<z.infer<typeof TurnView>>;
