import { z } from 'zod';
import { refText } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { awayAtOnce } from '../../standing/away-at-once.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';

/**
 * Counts restarts in the pod template. A count and not a time: the same cluster then gives the same plan, so what was
 * approved can be compared with what would be sent later.
 */
const annotation = 'autodevops.dev/restarts';
const annotationPath = ['spec', 'template', 'metadata', 'annotations', annotation];

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await rollingTarget(target, live);
  const name = refText(target);
  const replicas = Number(fieldAt(workload, ['spec', 'replicas']) ?? 1);
  if (workload.kind !== 'DaemonSet' && replicas === 0) {
    return refuse(`${name} has no replicas: there is nothing to restart.`, 'Scale it up instead.');
  }
  const before = Number(fieldAt(workload, annotationPath) ?? 0);
  const count = Number.isSafeInteger(before) && before >= 0 ? before + 1 : 1;
  const alone = workload.kind !== 'DaemonSet' && replicas === 1 && awayAtOnce(workload, 1) > 0;
  const moving = templateStanding(workload);
  return await templateChange(
    workload,
    {
      steps: setField(workload, annotationPath, String(count)),
      sentences: inThreeTenses(
        ['Restart', 'Restarting', 'Restarted'],
        `the pods of ${name}, a few at a time as its update strategy says`,
      ),
      back: 'Returns to the template as it was; pods that were replaced are replaced once more.',
      notes: [
        ...(alone ? ['Its only replica is away while it restarts.'] : []),
        ...(moving.state === 'succeeded' ? [] : [`A rollout is not finished: ${moving.says}`]),
      ],
    },
    live,
  );
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  return fieldAt(workload, annotationPath) === undefined
    ? putBack(workload, `the annotation ${annotation}`)
    : templateStanding(workload);
}

export const restartRollout = action<Params>({
  name: 'restart-rollout',
  title: 'Restart the pods of a workload',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  params: Params,
  risk: 'low',
  patience: 600,
  plan,
  verify,
});
