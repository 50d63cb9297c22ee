import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Container, Pod, PodTemplate } from '@autodevops/domain/kubernetes/pod';
import type { Job } from '@autodevops/domain/kubernetes/workload';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { revisionsOf } from '../pods/owned-pods.ts';
import { olderRevision } from './previous-revision.ts';
import { templateOwner } from './template-owner.ts';

type Named = Pick<Container, 'name' | 'image'>;

function containersOf({ spec }: PodTemplate): readonly Container[] {
  return [...spec.initContainers, ...spec.containers];
}

function imageIn(template: PodTemplate | undefined, { name }: Named): string | undefined {
  return template === undefined
    ? undefined
    : containersOf(template).find((container) => container.name === name)?.image;
}

/** Whether two templates say the same of their pods but for the image of one container. */
function differInImageOnly(a: PodTemplate, b: PodTemplate, { name }: Named): boolean {
  const others = ({ spec }: PodTemplate): string => {
    const without = (list: readonly Container[]): readonly Container[] =>
      list.map((container) => (container.name === name ? { ...container, image: '' } : container));
    return canonicalJson({
      ...spec,
      initContainers: without(spec.initContainers),
      containers: without(spec.containers),
    });
  };
  return others(a) === others(b);
}

/** The image of the revision to go back to, where going back would take more with it than the image. */
function ofRevision(snapshot: Snapshot, { namespace, name }: ObjectRef, container: Named): string | undefined {
  const deployment = snapshot.get('Deployment', namespace, name);
  const older = deployment === undefined ? undefined : olderRevision(revisionsOf(snapshot, deployment.metadata.uid));
  const { template } = older?.set.spec ?? {};
  if (
    deployment === undefined ||
    template === undefined ||
    differInImageOnly(deployment.spec.template, template, container)
  ) {
    return undefined;
  }
  return imageIn(template, container);
}

/** The image of the last run that succeeded: a CronJob keeps no revisions. */
function ofSuccessfulRun(snapshot: Snapshot, { namespace, name }: ObjectRef, container: Named): string | undefined {
  const cronJob = snapshot.get('CronJob', namespace, name);
  const runs = snapshot
    .ownedBy(cronJob?.metadata.uid ?? '')
    .flatMap((owned) => (owned.kind === 'Job' ? [owned.object as Job] : []));
  const good = runs
    .filter((run) => (run.status.succeeded ?? 0) > 0)
    .toSorted((a, b) => (b.status.startTime ?? '').localeCompare(a.status.startTime ?? ''));
  return imageIn(good[0]?.spec.template, container);
}

/** To give a container back the image with which it ran before, and leave everything else as it is. */
export function earlierImage(snapshot: Snapshot, pod: Pod, container: Named): readonly ProposedChange[] {
  const target = templateOwner(snapshot, pod);
  const image =
    target?.kind === 'Deployment'
      ? ofRevision(snapshot, target, container)
      : target?.kind === 'CronJob'
        ? ofSuccessfulRun(snapshot, target, container)
        : undefined;
  if (target === undefined || image === undefined || image === container.image) return [];
  return [{ action: 'set-image', target, params: { container: container.name, image }, risk: 'medium' }];
}
