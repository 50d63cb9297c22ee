import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext } from '../intent.ts';
import type { Subject } from './subject.ts';

/** What an object shows, and what that is called. */
export interface Shown {
  readonly column: string;
  readonly of: (subject: Subject) => string;
}

/** One thing that a question asks of each object: all of them together choose. */
export interface Condition {
  /** How it is said: "not ready", "on Node worker-2", "with more than 3 restarts". */
  readonly said: string;
  readonly fits: (subject: Subject) => boolean;
  /** It says something of other objects, too. */
  readonly isNested?: true;
  /** It says of which objects is spoken, rather than what is asked of them: "pods of web". */
  readonly isWhose?: true;
  /** What of the object shows that it fits, for a column of its own. */
  readonly shown?: Shown;
  /** What of the object shows that it does not fit. */
  readonly against?: Shown;
  /** What is wrong with an object that does not fit belongs to the answer. */
  readonly tellsCauses?: true;
}

/** Of what the conditions are read. */
export interface Asked {
  readonly context: AskContext;
  readonly kinds: readonly KindName[];
  /** How many relations lie around it: "ingresses with services with pods …" ends somewhere. */
  readonly depth?: number;
}

/** A condition, and the words after it. */
export interface ConditionRead {
  readonly condition: Condition;
  readonly rest: string;
}

/** Reads one condition off the front of some words; undefined where they begin with none of its sort. */
export type ReadCondition = (words: string, asked: Asked) => ConditionRead | undefined;

/** The words after a match at their front. */
export function after(words: string, match: RegExpExecArray): string {
  return words.slice(match[0].length).trim();
}

/** The pattern at the front of some words, and whole words only. */
export function atFront(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})(?![\\w-])`, 'i');
}
