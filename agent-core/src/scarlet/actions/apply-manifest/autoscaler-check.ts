import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Live } from '../../action.ts';
import { keptByApply } from '../../patches/applied-fields.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';
import { autoscalersOf } from '../../standing/autoscalers-of.ts';
import { boundsOf, checkBounds, somePodsOf, targetOfScaler } from '../../standing/autoscaler-bounds.ts';
import { checkVolumeLoss } from '../../standing/volume-loss.ts';

interface Scalers {
  readonly manifest: Manifest;
  readonly present: Manifest | undefined;
  readonly target: ObjectRef;
}

function merged({ manifest, present }: Scalers): Manifest {
  const kept = present === undefined ? undefined : keptByApply(present, manifest);
  return {
    ...manifest,
    spec: { ...(kept?.['spec'] as object | undefined), ...(manifest['spec'] as object | undefined) },
  };
}

function scales({ present }: Scalers, after: Manifest): boolean {
  return ['kind', 'name'].every(
    (field) =>
      fieldAt(present, ['spec', 'scaleTargetRef', field]) === fieldAt(after, ['spec', 'scaleTargetRef', field]),
  );
}

async function checkAlone(workload: Manifest, { target }: Scalers, live: Live): Promise<void> {
  const other = (await autoscalersOf(workload, live)).find(({ metadata: { name } }) => name !== target.name);
  const {
    kind,
    metadata: { namespace = '', name },
  } = workload;
  if (other !== undefined) {
    refuse(
      `HorizontalPodAutoscaler ${other.metadata.name} scales ${refText({ kind, namespace, name })} already: two would undo each other.`,
      'Change that one.',
    );
  }
}

/**
 * Pods that go because of an autoscaler as the manifest says it. A manifest is no way round the bounds that adjusting an
 * autoscaler has, nor to somebody else's workload.
 */
export async function podsThatScalingTakes(scalers: Scalers, live: Live): Promise<readonly Manifest[]> {
  const after = merged(scalers);
  const { present, target } = scalers;
  if (present !== undefined && !scales(scalers, after)) {
    return refuse(
      `The manifest lets ${refText(target)} scale another workload than now.`,
      'Make one of its own for that workload.',
    );
  }
  const workload = await targetOfScaler(after, target.namespace, live);
  if (workload === undefined) {
    return refuse(`What ${refText(target)} would scale does not exist.`, 'Correct scaleTargetRef.');
  }
  await checkAlone(workload, scalers, live);
  if (present !== undefined) checkBounds(boundsOf(present), boundsOf(after));
  const fewer = Math.max(0, Number(fieldAt(workload, ['spec', 'replicas']) ?? 1) - boundsOf(after).max);
  if (fewer > 0) checkVolumeLoss(workload);
  return await somePodsOf(workload, fewer, live);
}
