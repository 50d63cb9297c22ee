import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { missedByOthers } from '../../evidence/dependency-evidence.ts';
import { repositoryOf } from '../../reading/images/image-reference.ts';
import { migrationJobs } from '../../reading/workloads/migration-job.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

/** Workloads of one image that find the same schema behind wait for the same migration, whatever their database is called. */
export function sharedSchema({ pod, view }: TroubledContainer, missed: MissedDependency): Pick<Finding, 'sharedWith'> {
  const known = missedByOthers(missed);
  return known.sharedWith === undefined
    ? { sharedWith: `${pod.metadata.namespace} ${repositoryOf(view.spec.image)}` }
    : known;
}

/** Where no Job is to be seen that would migrate: mostly a hook that comes after the pods which wait for it. */
export function migrationSteps(snapshot: Snapshot, { pod }: TroubledContainer): readonly string[] {
  const { namespace } = pod.metadata;
  if (!snapshot.saw('Job', namespace) || migrationJobs(snapshot, pod).length > 0) return [];
  return [
    `Namespace ${namespace} has no Job that would migrate. Where the migration is a hook after the installation (Helm with --wait, Argo CD), it waits for the pods that wait for it: let it run as an ordinary Job or before them.`,
  ];
}
