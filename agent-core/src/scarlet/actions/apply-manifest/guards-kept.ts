import type { Manifest } from '@autodevops/domain/change/operation';
import { metadata } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fieldAt } from '../../patches/field-patch.ts';
import type { FieldPath } from '../../patches/field-patch.ts';
import { refuse } from '../../refusal.ts';
import { containerPlaces, templateKinds, templatePath } from '../../targets/workload-template.ts';

/** A field that guards, and whether it does as it was and would be. */
interface Guard {
  readonly path: FieldPath;
  /** Absent: it guards whatever it says. */
  readonly guards?: (value: unknown) => boolean;
}

const isTrue = (value: unknown): boolean => value === true;
const isFalse = (value: unknown): boolean => value === false;
const isOrdinary = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** What confines a container, or all containers of a pod. */
const confining: readonly Guard[] = [
  { path: ['securityContext', 'runAsNonRoot'], guards: isTrue },
  { path: ['securityContext', 'runAsUser'], guards: isOrdinary },
  { path: ['securityContext', 'seccompProfile'] },
];
/** What keeps a pod from the API server, from being root on its node, and in its sandbox. */
const ofPod: readonly Guard[] = [
  ...confining,
  { path: ['automountServiceAccountToken'], guards: isFalse },
  { path: ['hostUsers'], guards: isFalse },
  { path: ['runtimeClassName'] },
];
/** What tells Kubernetes that a container is ill, what keeps it from taking a node's memory, and what confines it. */
const ofContainer: readonly Guard[] = [
  ...['readinessProbe', 'livenessProbe', 'startupProbe'].map((probe) => ({ path: [probe] })),
  { path: ['resources', 'limits', 'memory'] },
  ...confining,
  { path: ['securityContext', 'readOnlyRootFilesystem'], guards: isTrue },
  ...['allowPrivilegeEscalation', 'capabilities'].map((field) => ({ path: ['securityContext', field] })),
];

/** Something that has guards: as it is, as it is written, and what it is called. */
interface Guarded {
  readonly now: unknown;
  readonly written: unknown;
  readonly guards: readonly Guard[];
  readonly name: string;
}

/** Whether the manifest says `null` for the field, or for what it lies in: the server removes it then. */
function isRemoved(written: unknown, path: FieldPath): boolean {
  return path.some((_key, index) => fieldAt(written, path.slice(0, index + 1)) === null);
}

function isLost({ now, written }: Guarded, { path, guards = () => true }: Guard, appliedBefore: boolean): boolean {
  const [before, after] = [fieldAt(now, path), fieldAt(written, path)];
  if (before === undefined || !guards(before)) return false;
  if (isRemoved(written, path) || (appliedBefore && after === undefined)) return true;
  if (path.at(-1) === 'runtimeClassName') return after !== undefined && after !== before;
  return after !== undefined && !guards(after);
}

/** The pod, and those of its containers that the manifest speaks of. */
function guardedIn(manifest: Manifest, present: Manifest): readonly Guarded[] {
  const written = containerPlaces(manifest);
  const containers = containerPlaces(present).flatMap(({ name, init, path }) => {
    const place = written.find((one) => one.name === name && one.init === init);
    return place === undefined
      ? []
      : [
          {
            now: fieldAt(present, path),
            written: fieldAt(manifest, place.path),
            guards: ofContainer,
            name: `container ${name}`,
          },
        ];
  });
  const pod = [...templatePath(manifest), 'spec'];
  return fieldAt(manifest, pod) === undefined
    ? containers
    : [{ now: fieldAt(present, pod), written: fieldAt(manifest, pod), guards: ofPod, name: 'the pods' }, ...containers];
}

/**
 * Refused where a container would lose a probe, its memory limit or what confines it: by `null`, by a value that guards
 * no more, or because it was applied by this same manager before and is left out now, which takes it away as well
 * (kubernetes.io, "Server-Side Apply").
 */
export function checkGuards(manifest: Manifest, present: Manifest, target: ObjectRef): void {
  if (!templateKinds.some((kind) => kind === present.kind)) return;
  const appliedBefore = metadata
    .read(present.metadata)
    .managers.some(({ manager, operation }) => manager === 'autodevops' && operation === 'Apply');
  for (const guarded of guardedIn(manifest, present)) {
    const lost = guarded.guards.find((guard) => isLost(guarded, guard, appliedBefore));
    if (lost !== undefined) {
      refuse(
        `The manifest takes ${lost.path.join('.')} from ${guarded.name} of ${refText(target)}.`,
        'Write it with the value that it should have.',
      );
    }
  }
}
