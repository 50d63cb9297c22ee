import type { FieldPath } from './field-path.ts';
import { listAt, textAt, textsAt } from './field-value.ts';
import type { Fields } from './field-value.ts';

const templates: Readonly<Record<string, FieldPath>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

interface Described {
  readonly kind: string;
  readonly value: unknown;
}

/** Where the template of its pods is; undefined for what makes none. */
export function templatePath(kind: string): FieldPath | undefined {
  return Object.hasOwn(templates, kind) ? templates[kind] : undefined;
}

export interface ContainerField {
  readonly name: string;
  readonly value: Fields;
  readonly path: FieldPath;
  readonly init: boolean;
}

/** Containers of its pods with where they are, those that run before the others first. */
export function containersOf({ kind, value }: Described): readonly ContainerField[] {
  const template = templatePath(kind);
  if (template === undefined) return [];
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(value, ...template, 'spec', list).map((item, index) => ({
      name: textAt(item, 'name'),
      value: item as Fields,
      path: [...template, 'spec', list, index],
      init: list === 'initContainers',
    })),
  );
}

export interface DeclaredPort {
  readonly name: string;
  readonly number: number;
}

export function declaredPorts(container: Fields): readonly DeclaredPort[] {
  return listAt(container, 'ports').map((port) => ({
    name: textAt(port, 'name'),
    number: Number(textAt(port, 'containerPort')),
  }));
}

type Labels = Readonly<Record<string, string>>;

/** Of objects that are held: each Service of a file asks every workload for them. */
const labelsHeld = new WeakMap<object, Labels>();

/** Labels that its pods get; undefined for what makes none. */
export function podLabels({ kind, value }: Described): Labels | undefined {
  const template = templatePath(kind);
  if (template === undefined || typeof value !== 'object' || value === null) return undefined;
  let labels = labelsHeld.get(value);
  if (labels === undefined) labelsHeld.set(value, (labels = textsAt(value, ...template, 'metadata', 'labels')));
  return labels;
}
