import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { examplesNear, sharedWords } from './examples.ts';
import type { AskContext } from './intent.ts';
import { plainQuestion, scopeOf } from './question.ts';
import { about } from './question-about.ts';
import { readingsOf } from './understanding/fullest-reading.ts';

const most = 5;
const mostObjects = 2;

/** Whether a question has an answer here: what names an object that this cluster does not have leads nowhere. */
function works(question: string, context: AskContext): boolean {
  const scoped = scopeOf(plainQuestion(question), context.snapshot);
  const [fullest] = readingsOf(
    scoped.text,
    { ...context, namespace: scoped.namespace ?? context.namespace },
    { isHalf: false },
  );
  return fullest !== undefined && (fullest.reply.outcome ?? 'answered') === 'answered';
}

/** What can be asked of the objects that a text names, the likest first. */
function ofObjects(text: string, objects: readonly ObjectRef[]): readonly string[] {
  return objects
    .slice(0, mostObjects)
    .flatMap((object) => Object.values(about).map((question) => question(refText(object))))
    .toSorted((a, b) => sharedWords(text, b) - sharedWords(text, a));
}

/** In the place of a question that is not understood: the nearest ones that have an answer here. */
export function nearestQuestions(text: string, context: AskContext, objects: readonly ObjectRef[]): readonly string[] {
  const own = ofObjects(text, objects);
  const near = examplesNear(text);
  const found: string[] = [];
  for (const question of new Set([...own.slice(0, 3), ...near, ...own.slice(3)])) {
    if (found.length === most) break;
    if (works(question, context)) found.push(question);
  }
  return [...found, 'what can you answer?'];
}
