import { z } from 'zod';
import type { Answer } from '../../packages/domain/src/answer.ts';
import { saidIn } from './asked-cluster.ts';

const patterns = z.array(z.string()).default([]);

/**
 * A question as people ask it, and the essence of the right answer, written down before it is asked: patterns, whatever
 * their case. A question that nothing recorded can answer says `cannot`.
 */
export const MeasuredQuestion = z
  .strictObject({
    ask: z.string(),
    after: z.string().optional().describe('the question that was asked before it'),
    first: patterns.describe('what the first sentence must say'),
    says: patterns.describe('what the answer must say anywhere: in its words, or in its table'),
    not: patterns.describe('what it must say nowhere: objects that are not meant'),
    cannot: z.boolean().default(false).describe('the right answer is that this cannot be known here'),
  })
  .refine(({ first, says, cannot }) => cannot || first.length + says.length > 0, 'expects nothing');
export type MeasuredQuestion = z.infer<typeof MeasuredQuestion>;

/** Right; an honest "cannot"; or a wrong answer, which is worse than none. */
export type Judgement = 'right' | 'cannot' | 'wrong';

function holds(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'im').test(text);
}

/** Judges an answer by the essence of the right one. What is answered without all of it, or says more than is so, is wrong. */
export function judged({ first, says, not, cannot }: MeasuredQuestion, answer: Answer): Judgement {
  if (answer.outcome === 'not-understood' || answer.outcome === 'not-seen') return cannot ? 'right' : 'cannot';
  if (cannot) return answer.outcome === 'no-such-name' ? 'cannot' : 'wrong';
  const text = saidIn(answer);
  const isRight =
    first.every((pattern) => holds(answer.headline, pattern)) &&
    says.every((pattern) => holds(text, pattern)) &&
    !not.some((pattern) => holds(text, pattern));
  if (isRight) return 'right';
  return answer.outcome === 'no-such-name' ? 'cannot' : 'wrong';
}
