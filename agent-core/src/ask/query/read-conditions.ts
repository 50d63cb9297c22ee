import type { Asked, Condition, ConditionRead, ReadCondition } from './condition.ts';
import { amountReaders } from './conditions/amount-condition.ts';
import { readAnyValue } from './conditions/any-value-condition.ts';
import { readContents } from './conditions/contents-condition.ts';
import { readExposure } from './conditions/exposure-condition.ts';
import { readImage } from './conditions/image-condition.ts';
import { readLack } from './conditions/lack-condition.ts';
import { readNodeState } from './conditions/node-state-condition.ts';
import { readEmptiness, readNamespace, readNeighbour, readNode } from './conditions/placement-condition.ts';
import { readRest } from './conditions/rest-condition.ts';
import { relationReader } from './conditions/relation-condition.ts';
import type { ReadConditions } from './conditions/relation-condition.ts';
import { readRollout } from './conditions/rollout-condition.ts';
import { readRun } from './conditions/run-condition.ts';
import { readState } from './conditions/state-condition.ts';
import { readTime } from './conditions/time-condition.ts';
import { readVariable } from './conditions/variable-condition.ts';
import { readValue } from './conditions/value-condition.ts';

/** Words between conditions, and words that say nothing. */
const joining =
  /^(?:,|and|but|also|that|which|who|are|is|was|were|be|been|have|has|had|having|do|does|the|an?|there|currently|still|lately|recently|ever|yet|already|all|both|only|just|now|here|anywhere|please|supposed to|meant to|get|got|runs?|exists?|right now|at the moment)(?= |$|,) ?/i;
const negation = /^(?:not|never|no longer|other than|except(?: for)?|excluding) /i;
const alternative = /^,? ?(?:or|and\/or|either) /i;

const readers: readonly ReadCondition[] = [
  readNodeState,
  readRollout,
  readRun,
  readRest,
  readState,
  readExposure,
  readEmptiness,
  readNeighbour,
  readTime,
  ...amountReaders,
  readLack,
  readVariable,
  readNode,
  readNamespace,
  readContents,
  relationReader(readConditions),
  readImage,
  readValue,
  readAnyValue,
];

/** Of every reader, the first that knows the words as they stand, and then what it makes of them negated. */
function readOne(words: string, asked: Asked, isNegated = false): ConditionRead | undefined {
  for (const read of readers) {
    const found = read(words, asked);
    if (found !== undefined && found.rest.length < words.length) return found;
  }
  // Twice not is nobody's question.
  if (isNegated || !negation.test(words)) return undefined;
  const negated = readOne(words.replace(negation, '').replace(/^(?:on|in|using) any (?=\S)/i, ''), asked, true);
  if (negated === undefined) return undefined;
  const { said, fits } = negated.condition;
  const opposite = said.startsWith('with ') ? `without ${said.slice('with '.length)}` : `not ${said}`;
  return { condition: { said: opposite, fits: (subject) => !fits(subject) }, rest: negated.rest };
}

function withoutJoining(words: string): string {
  let text = words.trim();
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(joining, '').trim();
  }
  return text;
}

function either(one: Condition, other: Condition): Condition {
  return { said: `${one.said} or ${other.said}`, fits: (subject) => one.fits(subject) || other.fits(subject) };
}

/** One condition after the other, up to what begins with none: that is `unread`. */
function readConditions(words: string, asked: Asked): ReadConditions {
  const conditions: Condition[] = [];
  let text = words.trim();
  for (;;) {
    const isAlternative = conditions.length > 0 && alternative.test(text);
    // As it stands first: "with no limits" begins with a word that joins elsewhere.
    const plain = isAlternative ? text.replace(alternative, '') : text;
    const found = readOne(plain, asked) ?? readOne(withoutJoining(plain), asked);
    if (found === undefined) return { conditions, unread: withoutJoining(text) };
    const last = isAlternative ? conditions.pop() : undefined;
    conditions.push(last === undefined ? found.condition : either(last, found.condition));
    text = found.rest.trim();
  }
}

const boundary = /,? (?=(?:and|but|with|without|that|which|on|in|having|using|are|is|have|has|not)(?![\w-]))/i;

/** Every condition of some words. `unread` is what is none: it is left out, and what stands behind it is read. */
export function readAllConditions(words: string, asked: Asked): ReadConditions {
  const { conditions, unread } = readConditions(words, asked);
  if (unread === '') return { conditions, unread };
  const next = boundary.exec(unread);
  if (next === null) return { conditions, unread };
  const behind = readAllConditions(unread.slice(next.index), asked);
  return {
    conditions: [...conditions, ...behind.conditions],
    unread: [unread.slice(0, next.index), behind.unread].filter((part) => part !== '').join(' '),
  };
}
