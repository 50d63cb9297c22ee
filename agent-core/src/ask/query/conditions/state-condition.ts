import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { lastChange } from '../../../reading/workloads/last-change.ts';
import { kindsIn } from '../../fields/asked-kinds.ts';
import { objectStates } from '../../health/asked-states.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { isInState } from '../../health/pod-states.ts';
import type { PodState } from '../../health/pod-states.ts';
import { after, atFront } from '../condition.ts';
import { agoOf } from '../../time-words.ts';
import type { Condition, ReadCondition, Shown } from '../condition.ts';

/** What pods are asked to be, in the order in which it is tried. */
const asked: readonly { readonly words: RegExp; readonly said: PodState }[] = [
  { words: atFront('not running'), said: 'not running' },
  {
    words: atFront(
      '(?:with|have|has|having|on) no node|without (?:an?y? )?node|unscheduled|not (?:on|placed on|scheduled on) (?:a|any) node|not placed',
    ),
    said: 'without a node',
  },
  {
    words: atFront(
      '(?:not|un|non)[ -]?(?:ready|healthy|available|ok|up)|failing|broken|sick|in trouble|down|stuck|unable to start|(?:in|with|have|having) (?:an )?errors?(?: state)?',
    ),
    said: 'not ready',
  },
  {
    words: atFront('(?:running and )?(?:ready|healthy|ok)|serving(?: (?:traffic|requests|users))?'),
    said: 'running and ready',
  },
  {
    words: atFront(
      '(?:stuck )?(?:waiting for|can ?not pull|pulling) (?:an |the |their |its )?images?|(?:stuck )?(?:in |with )?(?:image ?pull ?back ?off|err ?image ?pull)s?|(?:with )?image pull (?:errors?|failures?)',
    ),
    said: 'waiting for an image',
  },
  {
    words: atFront(
      '(?:stuck )?(?:in )?pending|starting(?: up)?|coming up|being (?:created|started)|container ?creating|(?:un|not )schedul(?:able|ed)|waiting to be scheduled',
    ),
    said: 'pending',
  },
  {
    words: atFront(
      '(?:stuck )?(?:keep(?:s|ing)? |constantly |always )?(?:in (?:a )?)?crash(?:ing|ed|es)?[ -]?(?:loop(?:ing|s|ed)?)?(?: ?back ?off)?',
    ),
    said: 'crashing',
  },
  {
    words: atFront(
      '(?:getting |got |get |been |being )?(?:(?:because of|due to|after|by|with) (?:an? )?)?(?:oom(?:[ -]?kill(?:ed|s|ing)?)?|killed for memory|(?:running |ran )?out of memory)',
    ),
    said: 'killed for memory',
  },
  { words: atFront('evicted'), said: 'evicted' },
  { words: atFront('(?:stuck )?(?:in )?terminating|being deleted'), said: 'terminating' },
  { words: atFront('completed?|finished|succeeded'), said: 'completed' },
  { words: atFront('failed'), said: 'failed' },
  { words: atFront('(?:up and )?running|up'), said: 'running' },
];

/** "Failed pods" of a Job says how its pods are. */
function isOfAnother(rest: string, kinds: readonly KindName[]): boolean {
  const [next] = kindsIn(rest);
  return next?.before === '' && !next.kinds.some((kind) => kinds.includes(kind));
}

/** How pods, or objects of other kinds, stand: "ready", "pending", "in ErrImagePull", "scaled to zero". */
export const readState: ReadCondition = (words, { context, kinds }) => {
  const { snapshot } = context;
  const named = /^(?:stuck )?in (?<state>[A-Z][a-z]+[A-Z]\w+)(?![\w-])/.exec(words);
  const pods = kinds.includes('Pod');
  if (pods && named !== null) {
    return { condition: statedExactly(named.groups?.['state'] ?? '', snapshot), rest: after(words, named) };
  }
  for (const { words: pattern, said } of pods ? asked : []) {
    const match = pattern.exec(words);
    if (match === null || isOfAnother(after(words, match), kinds)) continue;
    const fits: Condition['fits'] = ({ ref }) => {
      const pod = snapshot.get('Pod', ref.namespace, ref.name);
      return pod !== undefined && isInState(pod, said, snapshot.now);
    };
    return { condition: { said, fits }, rest: after(words, match) };
  }
  const empty =
    /^(?:without|with no|with 0|having no|has no|have no|not have|not having|lost all(?: of)? (?:their|its)|(?:point|points|pointing|lead|leads|leading|select|selects) (?:to|at)? ?(?:no|zero|0)) (?:(?:ready |any |an? )*(?:endpoints?|pods? behind (?:it|them))|ready pods?)(?= |$)/i.exec(
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
    if (match?.index === 0 && !isOfAnother(after(words, match), kinds)) {
      const fits: Condition['fits'] = ({ ref }) => test(stateOfRef(snapshot, ref));
      const shown = byHand.has(said) ? { shown: writtenLast(snapshot) } : {};
      return { condition: { said, fits, ...shown }, rest: after(words, match) };
    }
  }
  return undefined;
};

/** States that somebody sets: since when is asked next. */
const byHand: ReadonlySet<string> = new Set(['suspended', 'paused', 'scaled to zero']);

function writtenLast(snapshot: Snapshot): Shown {
  return {
    column: 'written last',
    of: ({ ref }) => {
      const object = isKindName(ref.kind) ? snapshot.get(ref.kind, ref.namespace, ref.name) : undefined;
      return object === undefined ? '' : agoOf({ snapshot }, lastChange(object));
    },
  };
}

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
