import { isRolledOut } from '../../health/rollout-state.ts';
import { after, atFront } from '../condition.ts';
import type { ReadCondition } from '../condition.ts';

const unfinished = atFront(
  '(?:with |in )?(?:an? |the )?(?:stuck|hanging|blocked|failed|failing|unfinished|incomplete|running|ongoing) rollouts?|(?:still )?rolling out|mid-rollout',
);

/** "With a stuck rollout", "rolling out": of Deployments whose newest revision is not all there. */
export const readRollout: ReadCondition = (words, { context: { snapshot }, kinds }) => {
  const match = kinds.every((kind) => kind === 'Deployment') ? unfinished.exec(words) : null;
  return match === null
    ? undefined
    : {
        condition: {
          said: 'with an unfinished rollout',
          fits: ({ ref }) => {
            const deployment = snapshot.get('Deployment', ref.namespace, ref.name);
            return deployment !== undefined && !isRolledOut(deployment);
          },
          shown: {
            column: 'of the newest revision',
            of: ({ ref }) => String(snapshot.get('Deployment', ref.namespace, ref.name)?.status.updatedReplicas ?? 0),
          },
        },
        rest: after(words, match),
      };
};
