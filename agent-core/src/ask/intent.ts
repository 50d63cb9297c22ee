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
  Partial<Omit<Answer, 'schemaVersion' | 'question' | 'intent' | 'headline'>> & {
    /** Of an intent that reads word by word: the words that it took for a name. They are no part of the answer. */
    readonly named?: string;
  };

/** Groups that a pattern caught, by name; absent ones are empty. */
export type Caught = (group: string) => string;

/**
 * One kind of question. Of all that have a matching pattern, the one that understood most of the question answers; a reply
 * of `undefined` says that the question was none of the kind.
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
  /** It answers only what its grammar has read to the last word, whatever its pattern takes. */
  readonly isWordByWord?: true;
  readonly answer: (caught: Caught, context: AskContext) => Reply | undefined;
}
