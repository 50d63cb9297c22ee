import { listed } from '@autodevops/domain/count-words';
import type { Answer } from '@autodevops/domain/answer';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { byTopic } from './by-topic.ts';
import { examples } from './examples.ts';
import type { AskContext, Reply } from './intent.ts';
import { concernedBy } from './health/health.ts';
import { namesOf } from './naming/names.ts';
import { inEnglish } from './in-english.ts';
import { otherLanguage } from './language.ts';
import { mentioned } from './naming/mentioned.ts';
import { nearestQuestions } from './nearest-questions.ts';
import { plainQuestion, scopeOf, withoutFillers } from './question.ts';
import { spelledRight } from './naming/spelling.ts';
import { readObjectQuery } from './query/read-object-query.ts';
import { queryReply } from './query/query-reply.ts';
import { readingsOf } from './understanding/fullest-reading.ts';

export interface Seen {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
  readonly namespace?: string;
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
    suggestions: [...nearestQuestions(text, context, objects)],
    blindSpots: [...context.diagnosis.blindSpots],
  });
}

/** Of a question for objects of which only a part is understood: what that part gives, and which part is left out. */
interface HalfRead {
  readonly unread: string;
  readonly reply: Reply;
}

function halfRead(text: string, context: AskContext): HalfRead | undefined {
  const query = readObjectQuery(text, context);
  if (query === undefined || query.unread === '' || query.conditions.length === 0) return undefined;
  const reply = queryReply(context, query);
  return reply === undefined || reply.outcome !== undefined ? undefined : { unread: query.unread, reply };
}

function halfAnswered(question: string, text: string, context: AskContext, { unread, reply }: HalfRead): Answer {
  return replyAsAnswer(question, '', {
    ...reply,
    outcome: 'not-understood',
    headline: `I do not understand "${printable(unread)}". Without it: ${reply.headline}`,
    suggestions: [...nearestQuestions(text, context, mentioned(context, text))],
  });
}

function noSuchNamespace(question: string, unknown: string, near: readonly string[], snapshot: Snapshot): Answer {
  const names = snapshot.list('Namespace').map(({ metadata }) => metadata.name);
  return replyAsAnswer(question, '', {
    outcome: 'no-such-name',
    headline: `There is no namespace "${unknown}".`,
    lines: [`There are ${listed(names, 8)}.`],
    suggestions: near.map((name) => `namespace ${name}`),
  });
}

interface Attempt {
  readonly answer: Answer;
  /** A part of the question was read, and the answer says which was not. */
  readonly isHalf?: true;
}

/** By the intent that understands most of the question; none whose patterns let words pass, where some were not understood. */
function answered(question: string, text: string, seen: Seen): Attempt {
  const { snapshot, diagnosis } = seen;
  const scoped = scopeOf(text, snapshot);
  if (scoped.unknown !== undefined) {
    return { answer: noSuchNamespace(question, scoped.unknown, scoped.near, snapshot) };
  }
  const context: AskContext = { snapshot, diagnosis, namespace: scoped.namespace ?? seen.namespace };
  if (otherLanguage(text) !== undefined) return { answer: notUnderstood(question, scoped.text, context) };
  const half = halfRead(scoped.text, context);
  const [fullest] = readingsOf(scoped.text, context, { isHalf: half !== undefined });
  if (fullest !== undefined) {
    const { intent, reply } = fullest;
    const suggestions = intent.name === 'what-can-you-answer' ? { suggestions: [...examples] } : {};
    return { answer: replyAsAnswer(question, intent.name, { ...reply, ...suggestions }) };
  }
  return half === undefined
    ? { answer: notUnderstood(question, scoped.text, context) }
    : { answer: halfAnswered(question, scoped.text, context, half), isHalf: true };
}

/** The same question in English, without words that change nothing, and spelled right. */
function otherWords(text: string, { snapshot }: Seen): readonly string[] {
  const english = inEnglish(text);
  // What is spelled in another language is no misspelt English.
  if (english === undefined && otherLanguage(text) !== undefined) return [];
  const shorter = withoutFillers(english ?? text);
  const words = [...(english === undefined ? [] : [english]), shorter, spelledRight(shorter, snapshot)];
  return [...new Set(words)].filter((one) => one !== text);
}

/**
 * By what a question is about, where no intent knows it: an answer where it says nothing else, and otherwise what is known
 * of its topic, with what was not understood.
 */
function aboutItsTopic(question: string, text: string, seen: Seen): Answer | undefined {
  const scoped = scopeOf(spelledRight(withoutFillers(text), seen.snapshot), seen.snapshot);
  const context: AskContext = { ...seen, namespace: scoped.namespace ?? seen.namespace };
  const topic = byTopic(scoped.text, context);
  if (topic === undefined || topic.plain === text) return undefined;
  const { answer } = answered(question, topic.plain, seen);
  if (answer.outcome !== 'answered') return undefined;
  if (topic.unread === '') return { ...answer, understood: topic.plain };
  return {
    ...answer,
    intent: '',
    outcome: 'not-understood',
    headline: `I do not understand "${printable(topic.unread)}". To "${printable(topic.plain)}": ${answer.headline}`,
    suggestions: [topic.plain, ...nearestQuestions(text, context, mentioned(context, text))],
  };
}

/**
 * Answers a question in plain words by rules, from the cluster and its diagnosis. Pure. `namespace` narrows the question
 * as a flag would; a namespace named in the question outranks it. What is not understood as it stands is tried in other
 * words, and the answer says how it was taken (`understood`). Of what is understood in part only, the answer says so.
 */
export function ask(question: string, seen: Seen): Answer {
  const text = plainQuestion(question);
  const { answer: first, isHalf = false } = answered(question, text, seen);
  if (first.outcome !== 'not-understood' && first.outcome !== 'no-such-name') return first;
  for (const words of otherWords(text, seen)) {
    const { answer: second } = answered(question, words, seen);
    if (
      second.outcome === 'answered' ||
      (first.outcome === 'not-understood' && second.outcome === 'no-such-name' && second.suggestions.length > 0)
    ) {
      return { ...second, understood: words };
    }
  }
  if (isHalf || otherLanguage(text) !== undefined) return first;
  const about = aboutItsTopic(question, text, seen);
  // A name that is none may be words that were taken for one.
  return about === undefined || (first.outcome === 'no-such-name' && about.outcome !== 'answered') ? first : about;
}
