import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { keptByApply } from '../../patches/applied-fields.ts';
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

/** Something that has guards: as it is, as it is written, what is kept of it where nothing is written, and its name. */
interface Guarded {
  readonly now: unknown;
  readonly written: unknown;
  readonly kept: unknown;
  readonly guards: readonly Guard[];
  readonly name: string;
}

/** Whether the manifest says `null` for the field, or for what it lies in: the server removes it then. */
function isRemoved(written: unknown, path: FieldPath): boolean {
  return path.some((_key, index) => fieldAt(written, path.slice(0, index + 1)) === null);
}

function isLost({ now, written, kept }: Guarded, { path, guards = () => true }: Guard): boolean {
  const before = fieldAt(now, path);
  if (before === undefined || !guards(before)) return false;
  const after = fieldAt(written, path) ?? fieldAt(kept, path);
  if (isRemoved(written, path) || after === undefined) return true;
  return path.at(-1) === 'runtimeClassName' ? after !== before : !guards(after);
}

/** The container of that name in an object; undefined where there is none. */
function containerIn(object: Manifest, name: string, init: boolean): unknown {
  const place = containerPlaces(object).find((one) => one.name === name && one.init === init);
  return place === undefined ? undefined : fieldAt(object, place.path);
}

/** The pod, and those of its containers that stay. */
function guardedIn(manifest: Manifest, present: Manifest): readonly Guarded[] {
  const left = keptByApply(present, manifest);
  const containers = containerPlaces(present).flatMap(({ name, init, path }): readonly Guarded[] => {
    const [written, kept] = [manifest, left].map((object) => containerIn(object, name, init));
    return written === undefined && kept === undefined
      ? []
      : [{ now: fieldAt(present, path), written, kept, guards: ofContainer, name: `container ${name}` }];
  });
  const [now, written, kept] = [present, manifest, left].map((object) =>
    fieldAt(object, [...templatePath(present), 'spec']),
  );
  return [{ now, written, kept, guards: ofPod, name: 'the pods' }, ...containers];
}

/**
 * Refused where a container would lose a probe, its memory limit or what confines it: by `null`, by a value that guards
 * no more, or because it was applied by this same manager before and is left out now, which takes it away as well
 * (kubernetes.io, "Server-Side Apply").
 */
export function checkGuards(manifest: Manifest, present: Manifest, target: ObjectRef): void {
  if (!templateKinds.some((kind) => kind === present.kind)) return;
  for (const guarded of guardedIn(manifest, present)) {
    const lost = guarded.guards.find((guard) => isLost(guarded, guard));
    if (lost !== undefined) {
      refuse(
        `The manifest takes ${lost.path.join('.')} from ${guarded.name} of ${refText(target)}.`,
        'Write it with the value that it should have.',
      );
    }
  }
}
