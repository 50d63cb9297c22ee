import { containersOf, lastTermination } from '../../../reading/pods/pod-status.ts';
import { stretchIn } from '../../time-words.ts';
import type { Stretch } from '../../time-words.ts';
import type { Condition, ReadCondition } from '../condition.ts';

const longest = 7;

/** The stretch of time at the front of some words: the most words that are nothing else. */
function stretchAtFront(words: string, now: number): { readonly stretch: Stretch; readonly rest: string } | undefined {
  const all = words.split(' ');
  for (let count = Math.min(longest, all.length); count > 0; count -= 1) {
    const stretch = stretchIn(all.slice(0, count).join(' '), now);
    if (stretch?.rest === '') return { stretch, rest: all.slice(count).join(' ') };
  }
  return undefined;
}

const made =
  /^(?:(?:that )?(?:were |was |have been |has been )?(?:created|made|added|deployed|scheduled|started|launched|born|new) )/i;
const restarted = /^(?:(?:that )?(?:have |has )?(?:been )?restart(?:s|ed|ing)? )/i;

/** "Created today", "from the last 10 minutes", "that restarted in the last hour". */
export const readTime: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  const { now } = snapshot;
  const isRestart = restarted.test(words) && kinds.includes('Pod');
  const start = isRestart ? restarted : made;
  if (!isRestart && !made.test(words)) return undefined;
  const found = stretchAtFront(words.replace(start, ''), now);
  if (found === undefined) return undefined;
  const { from, until, words: said } = found.stretch;
  const isInside = (time: string | undefined): boolean => {
    const at = Date.parse(time ?? '');
    return at >= from && at <= until;
  };
  const restartedThen: Condition['fits'] = ({ ref }) => {
    const pod = snapshot.get('Pod', ref.namespace, ref.name);
    return (
      pod !== undefined &&
      containersOf(pod).some(
        ({ status }) => (status?.restartCount ?? 0) > 0 && isInside(lastTermination(status)?.finishedAt),
      )
    );
  };
  const condition: Condition = isRestart
    ? { said: `restarted ${said}`, fits: restartedThen }
    : { said: `made ${said}`, fits: ({ metadata }) => isInside(metadata.creationTimestamp) };
  return { condition, rest: found.rest };
};
