import { isRolledOut } from '../../health/rollout-state.ts';
import { after, atFront } from '../condition.ts';
import type { ReadCondition, Shown } from '../condition.ts';

const unfinished = atFront(
  '(?:with |in )?(?:an? |the )?(?:stuck|hanging|blocked|failed|failing|unfinished|incomplete|running|ongoing) rollouts?|(?:still )?rolling out|mid-rollout',
);
const finished = atFront(
  '(?:with |have |has )?(?:an? |the )?(?:finished|completed?) rollouts?|rolled out|finish(?:ed)?|completed?|done|through|succeed(?:ed)?|successful',
);

/** "With a stuck rollout", "rolling out", "rolled out": of Deployments, by whether the newest revision is all there. */
export const readRollout: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  if (!kinds.every((kind) => kind === 'Deployment')) return undefined;
  const open = unfinished.exec(words);
  const match = open ?? finished.exec(words);
  if (match === null) return undefined;
  const shown: Shown = {
    column: 'of the newest revision',
    of: ({ ref }) => {
      const { spec, status } = snapshot.get('Deployment', ref.namespace, ref.name) ?? {};
      return `${status?.updatedReplicas ?? 0} of ${spec?.replicas ?? 1} pods, ${status?.availableReplicas ?? 0} available`;
    },
  };
  return {
    condition: {
      said: open === null ? 'rolled out' : 'with an unfinished rollout',
      fits: ({ ref }) => {
        const deployment = snapshot.get('Deployment', ref.namespace, ref.name);
        return deployment !== undefined && isRolledOut(deployment) === (open === null);
      },
      shown,
      against: shown,
      tellsCauses: true,
    },
    rest: after(words, match),
  };
};
