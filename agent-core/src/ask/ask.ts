import type { Answer } from '@autodevops/domain/answer';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { AskContext, Intent, Reply } from './intent.ts';
import { intents } from './intents/registry.ts';
import { concernedBy, namesOf } from './health.ts';
import { plainQuestion, scopeOf } from './question.ts';
import { listed } from './words.ts';

/** One example of each kind of question. */
export const examples: readonly string[] = intents.map((intent) => intent.example);

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
    if (reply !== undefined) return reply;
  }
  return undefined;
}

const uninteresting = new Set<string>(['Event', 'Lease', 'EndpointSlice', 'Endpoints', 'ControllerRevision', 'ReplicaSet', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ServiceAccount', 'CustomResourceDefinition', 'Namespace']);

/** Objects whose whole name is a word of the question (names of one or two letters say too little). */
function mentioned({ snapshot, namespace }: AskContext, text: string): readonly ObjectRef[] {
  const words = new Set(text.split(/[\s,;:()]+/).flatMap((word) => [word, word.split('/').at(-1) ?? '']).filter((word) => word.length > 2));
  return kindNames
    .filter((kind) => !uninteresting.has(kind))
    .flatMap((kind) => snapshot.list(kind).filter((o) => words.has(o.metadata.name)).map((o) => refTo(kind, o)))
    .filter((ref) => namespace === undefined || ref.namespace === namespace || ref.namespace === '')
    .slice(0, 5);
}

/** Honest about not knowing, and not empty-handed. */
function notUnderstood(question: string, text: string, context: AskContext): Answer {
  const objects = mentioned(context, text);
  const { own, below } = concernedBy(context, objects);
  const causes = objects.length === 0 ? context.diagnosis.causes.slice(0, 3) : [...own, ...below];
  const of = objects.length === 0 ? '' : ` of ${namesOf(objects)}`;
  const seen = causes.length === 0 ? `I see nothing wrong${of === '' ? '' : ` with ${namesOf(objects)}`}.` : `Here is what I can see${of}.`;
  return replyAsAnswer(question, '', {
    outcome: 'not-understood',
    headline: `I cannot answer that without a model. ${seen}`,
    causes: [...causes],
    objects: [...objects],
    suggestions: [...examples],
    blindSpots: [...context.diagnosis.blindSpots],
  });
}

export interface Seen {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
  readonly namespace?: string;
}

/**
 * Answers a question in plain words by rules, from the cluster and its diagnosis. Pure. `namespace` narrows the question
 * as a flag would; a namespace named in the question outranks it.
 */
export function ask(question: string, seen: Seen): Answer {
  const { snapshot, diagnosis } = seen;
  const scoped = scopeOf(plainQuestion(question), snapshot);
  if (scoped.unknown !== undefined) {
    return replyAsAnswer(question, '', { outcome: 'no-such-name', headline: `There is no namespace "${scoped.unknown}".`, lines: [`There are ${listed(snapshot.list('Namespace').map((n) => n.metadata.name), 8)}.`], suggestions: [...scoped.near].map((name) => `namespace ${name}`) });
  }
  const context: AskContext = { snapshot, diagnosis, namespace: scoped.namespace ?? seen.namespace };
  for (const intent of intents) {
    const reply = tried(intent, scoped.text, context);
    if (reply === undefined) continue;
    const suggestions = intent.name === 'what-can-you-answer' ? { suggestions: [...examples] } : {};
    return replyAsAnswer(question, intent.name, { ...reply, ...suggestions });
  }
  return notUnderstood(question, scoped.text, context);
}
