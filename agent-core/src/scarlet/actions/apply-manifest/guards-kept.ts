import type { Manifest } from '@autodevops/domain/change/operation';
import { metadata } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fieldAt } from '../../field-patch.ts';
import type { FieldPath } from '../../field-patch.ts';
import { refuse } from '../../refusal.ts';
import { containerPlaces, templateKinds } from '../../workload-template.ts';

/** What tells Kubernetes that a container is ill, and what keeps it from taking a node's memory. */
const guards: readonly FieldPath[] = [['readinessProbe'], ['livenessProbe'], ['startupProbe'], ['resources', 'limits', 'memory']];

/** Whether the manifest says `null` for the field, or for what it lies in: the server removes it then. */
function isRemoved(container: unknown, path: FieldPath): boolean {
  return path.some((_key, index) => fieldAt(container, path.slice(0, index + 1)) === null);
}

/**
 * Refused where a container would lose a probe or its memory limit: by `null`, or because it was applied by this same
 * manager before and is left out now, which takes it away as well (kubernetes.io, "Server-Side Apply").
 */
export function checkGuards(manifest: Manifest, present: Manifest, target: ObjectRef): void {
  if (!templateKinds.some((kind) => kind === present.kind)) return;
  const appliedBefore = metadata.read(present.metadata).managers.some(({ manager, operation }) => manager === 'autodevops' && operation === 'Apply');
  const written = containerPlaces(manifest);
  for (const { name, init, path } of containerPlaces(present)) {
    const place = written.find((one) => one.name === name && one.init === init);
    if (place === undefined) continue;
    const lost = guards.find((guard) => {
      const wanted = [...place.path, ...guard];
      if (fieldAt(present, [...path, ...guard]) === undefined) return false;
      return isRemoved(fieldAt(manifest, place.path), guard) || (appliedBefore && fieldAt(manifest, wanted) === undefined);
    });
    if (lost !== undefined) refuse(`The manifest takes ${lost.join('.')} from container ${name} of ${refText(target)}.`, 'Write it with the value that it should have.');
  }
}
