import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerView } from '../pod-status.ts';

const jobWord = /^jobs?(?:\.batch)?(?:\/(.+))?$/;

/**
 * The Job for which a container's command waits: `kubectl wait --for=condition=complete job/migrate`, or `job migrate` as
 * the usual images for waiting take it. With a plain name only when such a Job exists.
 */
export function awaitedJob(snapshot: Snapshot, pod: Pod, { spec }: ContainerView): ObjectRef | undefined {
  const { namespace } = pod.metadata;
  const words = [...spec.command, ...spec.args]
    .flatMap((part) => part.split(/[\s;|&()"'`]+/))
    .filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const match = jobWord.exec(word);
    if (match === null) continue;
    const named = match[1] ?? words.slice(index + 1).find((other) => !other.startsWith('-'));
    if (named === undefined || !/^[a-z0-9][a-z0-9.-]{0,251}$/.test(named)) continue;
    if (match[1] !== undefined || snapshot.get('Job', namespace, named) !== undefined) {
      return refByName('Job', namespace, named);
    }
  }
  return undefined;
}
