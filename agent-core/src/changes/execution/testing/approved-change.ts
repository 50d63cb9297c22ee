import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { becauseOf, causeOn, changeScene, deployment, request } from '../../testing/change-scene.ts';
import type { ChangeScene, SceneOptions } from '../../testing/change-scene.ts';

export const resize = [request('resize', 'web', { replicas: 3 })];

export const three = [
  request('make', 'settings', { value: 'x' }, 'ConfigMap'),
  request('resize', 'web', { replicas: 3 }),
  request('stamp', 'api'),
];

export function replicasIn(objects: readonly Manifest[], name = 'web'): unknown {
  return (
    objects.find((object) => object.kind === 'Deployment' && object.metadata.name === name)?.['spec'] as
      | { replicas?: unknown }
      | undefined
  )?.replicas;
}

/** Jamie sees that web is too small until it has three replicas. */
export function tooSmall(objects: readonly Manifest[]): readonly Cause[] {
  return replicasIn(objects) === 3 ? [] : [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })];
}

export async function approved(
  requests: readonly ActionRequest[] = resize,
  options: SceneOptions = {},
  reason = becauseOf('workload.too-small'),
): Promise<ChangeScene & { readonly change: Change }> {
  const scene = await changeScene({ objects: [deployment(), deployment('api')], causes: tooSmall, ...options });
  const change = await scene.approve(await scene.propose(requests, { reason }));
  return { ...scene, change };
}

export async function typesOf({
  store,
  change,
}: Pick<ChangeScene, 'store'> & { readonly change: Change }): Promise<ChangeEvent['type'][]> {
  return (await store.changes.read(change.id)).map(({ type }) => type);
}
