import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { repositoryOf } from '../images/image-reference.ts';
import { controllerOf } from './owner.ts';

const names = /migrat|schema|flyway|liquibase|alembic/;

/** Jobs of the namespace that may bring a program's database to its version: of the same image, or named so. */
export function migrationJobs(snapshot: Snapshot, pod: Pod): readonly ObjectRef[] {
  const own = controllerOf(pod);
  const images = new Set(pod.spec.containers.map((container) => repositoryOf(container.image)));
  return snapshot
    .listIn('Job', pod.metadata.namespace)
    .filter(({ metadata, spec }) => {
      if (own?.kind === 'Job' && own.name === metadata.name) return false;
      return (
        names.test(metadata.name) ||
        spec.template.spec.containers.some((container) => images.has(repositoryOf(container.image)))
      );
    })
    .map((job) => refTo('Job', job));
}
