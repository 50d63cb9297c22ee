import type { Answer } from '@autodevops/domain/answer';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { byTopic } from './by-topic.ts';
import type { AskContext, Intent, Reply } from './intent.ts';
import { intents } from './intents/registry.ts';
import { concernedBy } from './health/health.ts';
import { namesOf } from './naming/names.ts';
import { otherLanguage } from './language.ts';
import { mentioned } from './naming/mentioned.ts';
import { plainQuestion, scopeOf, withoutFillers } from './question.ts';
import { spelledRight } from './naming/spelling.ts';
import { readObjectQuery } from './query/object-query.ts';
import { queryReply } from './query/query-reply.ts';
import { listed } from './words.ts';

/** Ways to speak that nobody has to be told of. */
const unlisted = new Set([
  'small-talk',
  'wish-for-change',
  'object-by-name',
  'trouble-with-mentioned',
  'what-can-you-answer',
]);

/** One example of each kind of question. */
export const examples: readonly string[] = intents
  .filter(({ name }) => !unlisted.has(name))
  .map((intent) => intent.example);

/** What most people ask. */
const common = new Set([
  'what-is-wrong',
  'why-failing',
  'what-changed',
  'pods-not-ready',
  'users-of',
  'count-and-list',
]);
const mostExamples = 6;
/** In so many questions that sharing them says nothing. */
const questionWords = new Set([
  'what',
  'which',
  'when',
  'where',
  'does',
  'have',
  'show',
  'that',
  'this',
  'with',
  'there',
]);

/** The examples that have most in common with a text, and the plainest ones. */
function examplesNear(text: string): readonly string[] {
  const words = new Set(
    text
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word.length > 3 && !questionWords.has(word)),
  );
  const shared = examples.map((example) => ({
    example,
    count: example
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => words.has(word)).length,
  }));
  const near = shared
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ example }) => example);
  return [...new Set([...near, ...intents.filter(({ name }) => common.has(name)).map(({ example }) => example)])].slice(
    0,
    mostExamples,
  );
}

/** What an intent replies, as a whole answer. */
export function replyAsAnswer(question: string, intent: string, reply: Reply): Answer {
  return {
    schemaVersion: 1,
    question,
    intent,
    outcome: 'answered',
    lines: [],
    causes: [],
    objects: [],
    suggestions: [],
    blindSpots: [],
    ...reply,
  };
}

function tried(intent: Intent, text: string, context: AskContext): Reply | undefined {
  for (const pattern of intent.patterns) {
    const match = pattern.exec(text);
    const reply = match === null ? undefined : intent.answer((group) => match.groups?.[group]?.trim() ?? '', context);
    if (reply !== undefined && reply.outcome !== 'not-understood') return reply;
  }
  return undefined;
}

/** Honest about not knowing, and not empty-handed. */
function notUnderstood(question: string, text: string, context: AskContext): Answer {
  const language = otherLanguage(text);
  const objects = mentioned(context, text);
  const { own, below } = concernedBy(context, objects);
  const causes = objects.length === 0 ? context.diagnosis.causes.slice(0, 3) : [...own, ...below];
  const of = objects.length === 0 ? '' : ` of ${namesOf(objects)}`;
  const seen =
    causes.length === 0
      ? `I see nothing wrong${of === '' ? '' : ` with ${namesOf(objects)}`}.`
      : `Here is what I can see${of}.`;
  return replyAsAnswer(question, '', {
    outcome: 'not-understood',
    headline: `${language === undefined ? 'I cannot answer that without a model.' : `I understand questions in English only; this looks like ${language}.`} ${seen}`,
    causes: [...causes],
    objects: [...objects],
    suggestions: [...examplesNear(text), 'what can you answer?'],
    blindSpots: [...context.diagnosis.blindSpots],
  });
}

/** Of a question for objects of which only a part is understood: what that part gives, and which part is left out. */
function halfAnswered(question: string, text: string, context: AskContext): Answer | undefined {
  const query = readObjectQuery(text, context);
  if (query === undefined || query.unread === '' || query.conditions.length === 0) return undefined;
  const reply = queryReply(context, query);
  if (reply === undefined || reply.outcome !== undefined) return undefined;
  return replyAsAnswer(question, '', {
    ...reply,
    outcome: 'not-understood',
    headline: `I do not understand "${printable(query.unread)}". Without it: ${reply.headline}`,
    suggestions: [...examplesNear(text), 'what can you answer?'],
  });
}

export interface Seen {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
  readonly namespace?: string;
}

interface Attempt {
  readonly answer: Answer;
  /** A part of the question was read, and the answer says which was not. */
  readonly isHalf?: true;
}

function answered(question: string, text: string, seen: Seen): Attempt {
  const { snapshot, diagnosis } = seen;
  const scoped = scopeOf(text, snapshot);
  if (scoped.unknown !== undefined) {
    return {
      answer: replyAsAnswer(question, '', {
        outcome: 'no-such-name',
        headline: `There is no namespace "${scoped.unknown}".`,
        lines: [
          `There are ${listed(
            snapshot.list('Namespace').map((n) => n.metadata.name),
            8,
          )}.`,
        ],
        suggestions: [...scoped.near].map((name) => `namespace ${name}`),
      }),
    };
  }
  const context: AskContext = { snapshot, diagnosis, namespace: scoped.namespace ?? seen.namespace };
  if (otherLanguage(text) !== undefined) return { answer: notUnderstood(question, scoped.text, context) };
  const half = halfAnswered(question, scoped.text, context);
  for (const intent of intents) {
    if (half !== undefined && intent.isLoose === true) continue;
    const reply = tried(intent, scoped.text, context);
    if (reply === undefined) continue;
    const suggestions = intent.name === 'what-can-you-answer' ? { suggestions: [...examples] } : {};
    return { answer: replyAsAnswer(question, intent.name, { ...reply, ...suggestions }) };
  }
  return half === undefined
    ? { answer: notUnderstood(question, scoped.text, context) }
    : { answer: half, isHalf: true };
}

/** The same question in other words: without fillers, spelled right, or put plainly by what it is about. */
function otherWords(text: string, seen: Seen, isHalf: boolean): readonly string[] {
  const shorter = withoutFillers(text);
  const spelled = spelledRight(shorter, seen.snapshot);
  const scoped = scopeOf(spelled, seen.snapshot);
  // What was read of it says more than what it is about.
  const plain = isHalf ? undefined : byTopic(scoped.text, { ...seen, namespace: scoped.namespace ?? seen.namespace });
  return [...new Set([shorter, spelled, ...(plain === undefined ? [] : [plain])])].filter((words) => words !== text);
}

/**
 * Answers a question in plain words by rules, from the cluster and its diagnosis. Pure. `namespace` narrows the question
 * as a flag would; a namespace named in the question outranks it. What is not understood as it stands is tried in other
 * words, and the answer says how it was taken (`understood`).
 */
export function ask(question: string, seen: Seen): Answer {
  const text = plainQuestion(question);
  const { answer: first, isHalf = false } = answered(question, text, seen);
  if (first.outcome !== 'not-understood' && first.outcome !== 'no-such-name') return first;
  if (otherLanguage(text) !== undefined) return first;
  for (const words of otherWords(text, seen, isHalf)) {
    const { answer: second } = answered(question, words, seen);
    if (
      second.outcome === 'answered' ||
      (first.outcome === 'not-understood' && second.outcome === 'no-such-name' && second.suggestions.length > 0)
    ) {
      return { ...second, understood: words };
    }
  }
  return first;
}
