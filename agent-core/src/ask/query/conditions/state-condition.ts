import type { Snapshot } from '@autodevops/domain/snapshot';
import { objectStates } from '../../health/asked-states.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { isInState } from '../../health/pod-states.ts';
import type { PodState } from '../../health/pod-states.ts';
import { after, atFront } from '../condition.ts';
import type { Condition, ReadCondition } from '../condition.ts';

/** What pods are asked to be, in the order in which it is tried. */
const asked: readonly { readonly words: RegExp; readonly said: PodState }[] = [
  { words: atFront('not running'), said: 'not running' },
  {
    words: atFront('(?:not|un|non)[ -]?(?:ready|healthy|available|ok|up)|failing|broken|sick|in trouble|down'),
    said: 'not ready',
  },
  { words: atFront('(?:running and )?(?:ready|healthy|ok)'), said: 'running and ready' },
  {
    words: atFront(
      '(?:waiting for|can ?not pull|stuck pulling) (?:an |the |their |its )?images?|(?:in |with )?(?:image ?pull ?back ?off|err ?image ?pull)s?|(?:with )?image pull (?:errors?|failures?)',
    ),
    said: 'waiting for an image',
  },
  { words: atFront('(?:in )?pending|(?:un|not )schedul(?:able|ed)|waiting to be scheduled'), said: 'pending' },
  { words: atFront('(?:in (?:a )?)?crash(?:ing|ed|es)?[ -]?(?:loop(?:ing|s|ed)?)?(?: ?back ?off)?'), said: 'crashing' },
  { words: atFront('oom(?:[ -]?killed)?|killed for memory|out of memory'), said: 'killed for memory' },
  { words: atFront('evicted'), said: 'evicted' },
  { words: atFront('(?:stuck )?(?:in )?terminating|being deleted'), said: 'terminating' },
  { words: atFront('completed?|finished|succeeded'), said: 'completed' },
  { words: atFront('failed'), said: 'failed' },
  { words: atFront('(?:up and )?running|up'), said: 'running' },
];

/** How pods, or objects of other kinds, stand: "ready", "pending", "in ErrImagePull", "scaled to zero". */
export const readState: ReadCondition = (words, { context, kinds }) => {
  const { snapshot } = context;
  const named = /^in (?<state>[A-Z][a-z]+[A-Z]\w+)(?![\w-])/.exec(words);
  const pods = kinds.includes('Pod');
  if (pods && named !== null) {
    return { condition: statedExactly(named.groups?.['state'] ?? '', snapshot), rest: after(words, named) };
  }
  for (const { words: pattern, said } of pods ? asked : []) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const fits: Condition['fits'] = ({ ref }) => {
      const pod = snapshot.get('Pod', ref.namespace, ref.name);
      return pod !== undefined && isInState(pod, said, snapshot.now);
    };
    return { condition: { said, fits }, rest: after(words, match) };
  }
  const empty =
    /^(?:without|with no|with 0|having no|has no|have no) (?:(?:ready |any )*(?:endpoints?|pods? behind (?:it|them))|ready pods?)(?= |$)/i.exec(
      words,
    );
  const unserved = objectStates.find(({ said }) => said === 'without a ready endpoint');
  if (!pods && empty !== null && unserved !== undefined) {
    return {
      condition: { said: unserved.said, fits: ({ ref }) => unserved.test(stateOfRef(snapshot, ref)) },
      rest: after(words, empty),
    };
  }
  for (const { words: pattern, said, test } of pods ? [] : objectStates) {
    const match = pattern.exec(words);
    if (match?.index === 0) {
      return { condition: { said, fits: ({ ref }) => test(stateOfRef(snapshot, ref)) }, rest: after(words, match) };
    }
  }
  return undefined;
};

/** As `kubectl get pods` says it. */
function statedExactly(state: string, snapshot: Snapshot): Condition {
  return {
    said: `in ${state}`,
    fits: ({ ref }) =>
      stateOfRef(snapshot, ref)
        .replace(/^Init:/, '')
        .toLowerCase() === state.toLowerCase(),
  };
}
