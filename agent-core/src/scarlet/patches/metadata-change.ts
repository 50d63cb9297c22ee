import type { Manifest } from '@autodevops/domain/change/operation';
import { oneLine } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../reading/name-list.ts';
import type { Draft, Live, Standing, TypedRequest } from '../action.ts';
import { differenceSteps } from './difference-patch.ts';
import { fieldAt } from './field-patch.ts';
import { givenByPerson } from '../given-by-person.ts';
import { checkIdentityKey } from '../secrets/identity-keys.ts';
import { domainOf } from '../targets/label-names.ts';
import { liveTarget } from '../targets/live-target.ts';
import { looksSecret } from '../secrets/looks-secret.ts';
import { patchAndBack } from './object-patch.ts';
import { refuse } from '../refusal.ts';
import { inThreeTenses } from '../sentences.ts';
import { putBack } from '../standing/template-standing.ts';

/** Kinds whose labels and annotations are set. */
export const markedKinds: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'ConfigMap',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PersistentVolumeClaim',
  'ServiceAccount',
  'Node',
];

/** Values by key; null removes one. */
export type Marks = Readonly<Record<string, string | null>>;

export interface MarkChange {
  readonly field: 'labels' | 'annotations';
  readonly marks: Marks;
}

/** Domains whose keys Kubernetes, a tool or this program keeps and acts on. */
const keptDomains = /(^|\.)(kubernetes\.io|k8s\.io|argoproj\.io|fluxcd\.io|helm\.sh|autodevops\.dev)$/;
/** Kinds to whose annotations load balancers and ingress controllers listen. */
const doors: readonly string[] = ['Service', 'Ingress'];
/** By these a tool copies an object into other namespaces, which nobody speaks of: kubernetes-replicator, Reflector. */
const copyingDomains: readonly string[] = ['replicator.v1.mittwald.de', 'reflector.v1.k8s.emberstack.com'];
/** Keys without a domain by which controllers know their own. */
const keptKeys: readonly string[] = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'job-name',
];
/** Recommended for people's use, but for those by which tools know their own. */
const recommended = /^app\.kubernetes\.io\/(name|version|component|part-of)$/;

/** Refused for a key that is not for people to set. */
export function checkMarkKey(key: string): void {
  if (recommended.test(key)) return;
  checkIdentityKey(key);
  if (keptDomains.test(domainOf(key)) || keptKeys.includes(key)) {
    refuse(`${key} is kept by Kubernetes or by a tool, which acts on it.`, 'Change what makes it.');
  }
  if (copyingDomains.includes(domainOf(key))) {
    refuse(`By ${key} a tool copies the object into other namespaces.`, 'Make it there, where it is wanted.');
  }
}

export function markOf(object: Manifest, field: MarkChange['field'], key: string): string | undefined {
  const value = fieldAt(object, ['metadata', field, key]);
  return typeof value === 'string' ? value : undefined;
}

function differing(object: Manifest, { field, marks }: MarkChange): readonly string[] {
  return Object.keys(marks)
    .filter((key) => (markOf(object, field, key) ?? null) !== marks[key])
    .toSorted();
}

function markText(key: string, value: string | null): string {
  return value === null ? `${key} removed` : `${key}=${oneLine(value, 80)}`;
}

/** Checks what a person wants and plans it; `check` says what else must not be. */
export async function planMarks(
  request: TypedRequest<unknown>,
  change: MarkChange,
  live: Live,
  check: (object: Manifest, keys: readonly string[]) => void,
): Promise<Draft> {
  const { field, marks } = change;
  givenByPerson(request, `What ${field} say`);
  const object = await liveTarget(request.target, live);
  const name = refText(request.target);
  const keys = differing(object, change);
  if (keys.length === 0) return refuse(`The ${field} of ${name} are so already.`, 'Nothing is to be done.');
  for (const key of keys) {
    checkMarkKey(key);
    if (looksSecret(key.slice(key.lastIndexOf('/') + 1), marks[key] ?? '')) {
      refuse(
        `The value of ${key} looks like a secret: everybody who may read the object would read it.`,
        'Put it into a Secret.',
      );
    }
  }
  check(object, keys);
  const told = field === 'annotations' && doors.includes(object.kind) ? keys.filter((key) => domainOf(key) !== '') : [];
  const present = (fieldAt(object, ['metadata', field]) ?? {}) as Readonly<Record<string, string>>;
  const wanted = Object.fromEntries(
    Object.entries({ ...present, ...marks }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return {
    ...patchAndBack(
      object,
      differenceSteps(object, ['metadata', field], wanted),
      `Puts the ${field} back as they were.`,
    ),
    sentences: inThreeTenses(
      ['Set', 'Setting', 'Set'],
      `${field} of ${name}: ${nameList(
        keys.map((key) => markText(key, marks[key] ?? null)),
        8,
      )}`,
    ),
    touches: [],
    notes: [
      ...(keys.some((key) => markOf(object, field, key) !== undefined)
        ? ['What finds or treats the object by the old value does so no more.']
        : []),
      ...told.map(
        (key) =>
          `What serves ${object.kind}s may act on ${key}, and open it to others: what it does then is not known here.`,
      ),
    ],
    ...(told.length > 0 ? { risk: 'high' as const } : {}),
  };
}

export async function marksStanding(
  { target }: TypedRequest<unknown>,
  change: MarkChange,
  live: Live,
): Promise<Standing> {
  const object = await liveTarget(target, live);
  const [key] = differing(object, change);
  if (key !== undefined) return putBack(object, markText(key, change.marks[key] ?? null));
  return { state: 'succeeded', says: `${refText(target)} has the ${change.field}.` };
}
