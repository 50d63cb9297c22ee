import type { Answer } from '@autodevops/domain/answer';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** What an intent answers from: the cluster as it was seen, and what the diagnosis made of it. */
export interface AskContext {
  readonly snapshot: Snapshot;
  readonly diagnosis: Diagnosis;
  /** The namespace that the question was narrowed to. */
  readonly namespace: string | undefined;
}

/** The part of an answer that intents write; the rest is filled in by `ask`. */
export type Reply = Pick<Answer, 'headline'> &
  Partial<Omit<Answer, 'schemaVersion' | 'question' | 'intent' | 'headline'>>;

/** Groups that a pattern caught, by name; absent ones are empty. */
export type Caught = (group: string) => string;

/**
 * One kind of question. The first intent of the registry with a matching pattern answers; a reply of `undefined` passes
 * the question on to the next.
 */
export interface Intent {
  /** The file's name. */
  readonly name: string;
  readonly example: string;
  /** Of a kind of question that has many forms. */
  readonly otherExamples?: readonly string[];
  /** Tried on the question without courtesies, quotation marks and its final punctuation. */
  readonly patterns: readonly RegExp[];
  /** Its patterns let words pass that change which objects are meant: it is not asked where some of them were not understood. */
  readonly isLoose?: true;
  readonly answer: (caught: Caught, context: AskContext) => Reply | undefined;
}
