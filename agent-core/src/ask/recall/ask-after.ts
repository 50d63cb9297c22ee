import type { Answer } from '@autodevops/domain/answer';
import { ask, replyAsAnswer } from '../ask.ts';
import type { Seen } from '../ask.ts';
import type { AskedBefore } from './asked-before.ts';
import { plainQuestion, scopeOf } from '../question.ts';
import { recall } from './recall.ts';
import { sinceThen } from './since-then.ts';

/**
 * Answers a question of a conversation: what it means of the turn before is put in first, and the answer says how it was
 * taken (`understood`). Without a turn before, a question that leans on one is told so. Pure.
 */
export function askAfter(question: string, seen: Seen, before: AskedBefore | undefined): Answer {
  const { snapshot, diagnosis, namespace } = seen;
  const recalled = recall(question, { snapshot, diagnosis, namespace }, before);
  if (recalled.kind === 'plain') return ask(question, seen);
  if (recalled.kind === 'unclear') return replyAsAnswer(question, '', recalled.reply);
  const answer = ask(recalled.question, seen);
  const since = recalled.compares && before !== undefined && answer.outcome === 'answered' ? sinceThen(before, answer, diagnosis) : [];
  return { ...answer, question, understood: recalled.question, lines: [...since, ...answer.lines, ...recalled.notes] };
}

/** The namespace that a question was narrowed to, by its words or else by the flag; empty for all. */
export function namespaceAsked({ question, understood = question }: Answer, { snapshot, namespace = '' }: Seen): string {
  return scopeOf(plainQuestion(understood), snapshot).namespace ?? namespace;
}
