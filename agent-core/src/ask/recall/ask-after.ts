import type { Answer } from '@autodevops/domain/answer';
import { ask, replyAsAnswer } from '../ask.ts';
import type { Seen } from '../ask.ts';
import type { AskedBefore } from './asked-before.ts';
import { plainQuestion, scopeOf } from '../question.ts';
import { recall } from './recall.ts';
import { questionsIn, together } from './several-questions.ts';
import { sinceThen } from './since-then.ts';

/** Answers of these say that a word was known, not that the question was. */
const guesses = new Set(['object-by-name', 'trouble-with-mentioned']);

function one(question: string, seen: Seen, before: AskedBefore | undefined): Answer {
  const { snapshot, diagnosis, namespace } = seen;
  const recalled = recall(question, { snapshot, diagnosis, namespace }, before);
  if (recalled.kind === 'plain') return ask(question, seen);
  if (recalled.kind === 'unclear') {
    // "Which version is this?" leans on nothing although it has a word that could.
    const plain = ask(question, seen);
    return plain.outcome === 'answered' && !guesses.has(plain.intent)
      ? plain
      : replyAsAnswer(question, '', recalled.reply);
  }
  const answer = ask(recalled.question, seen);
  const since =
    recalled.compares && before !== undefined && answer.outcome === 'answered'
      ? sinceThen(before, answer, diagnosis)
      : [];
  return { ...answer, question, understood: recalled.question, lines: [...since, ...answer.lines, ...recalled.notes] };
}

/** What a second question of the same text may lean on. */
function asTurn(
  { question, understood = '', intent, objects, causes }: Answer,
  { diagnosis, namespace = '' }: Seen,
): AskedBefore {
  return { time: diagnosis.observed.capturedAt, question, understood, namespace, intent, objects, causes };
}

/** Several questions in one text, each on from the one before it; undefined unless every one of them is answered. */
function several(question: string, seen: Seen, before: AskedBefore | undefined): Answer | undefined {
  const parts = questionsIn(question);
  if (parts.length < 2) return undefined;
  const answers: Answer[] = [];
  let turn = before;
  for (const part of parts) {
    const answer = one(part, seen, turn);
    if (answer.outcome !== 'answered') return undefined;
    answers.push(answer);
    turn = asTurn(answer, seen);
  }
  const [first, ...rest] = answers;
  return first === undefined ? undefined : together(question, [first, ...rest]);
}

/**
 * Answers a question of a conversation: what it means of the turn before is put in first, and the answer says how it was
 * taken (`understood`). Without a turn before, a question that leans on one is told so. Two questions in one text are
 * answered together. Pure.
 */
export function askAfter(question: string, seen: Seen, before: AskedBefore | undefined): Answer {
  return several(question, seen, before) ?? one(question, seen, before);
}

/** The namespace that a question was narrowed to, by its words or else by the flag; empty for all. */
export function namespaceAsked(
  { question, understood = question }: Answer,
  { snapshot, namespace = '' }: Seen,
): string {
  return scopeOf(plainQuestion(understood), snapshot).namespace ?? namespace;
}
