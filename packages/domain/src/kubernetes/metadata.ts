import { flag, list, name, number, object, strings, text, texts } from './shape.ts';
import type { Shape, Shaped } from './shape.ts';

const dropped = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'control-plane.alpha.kubernetes.io/leader',
]);

/** Annotations without kubectl's copy of the whole object (which may hold anything, secrets too). */
const annotations: Shape<Readonly<Record<string, string>>> = {
  read: (v) => {
    const all = strings.read(v);
    if (!Object.keys(all).some((key) => dropped.has(key))) return all;
    return Object.fromEntries(Object.entries(all).filter(([key]) => !dropped.has(key)));
  },
};

/** Who last wrote, and when; the fields themselves are dropped (they are half of an object's bytes). */
const managers = list(object({ manager: name, operation: name, time: name, subresource: name }));

export const ownerReference = object({ apiVersion: name, kind: name, name, uid: name, controller: flag });

const projected = object({
  name,
  namespace: name,
  uid: name,
  resourceVersion: name,
  generation: number,
  creationTimestamp: text,
  deletionTimestamp: text,
  deletionGracePeriodSeconds: number,
  labels: strings,
  annotations,
  ownerReferences: list(ownerReference),
  finalizers: texts,
  managers,
});
export type Metadata = Shaped<typeof projected>;

/** The API says `managedFields`; what was projected before (our own bundles) says `managers`. */
function named(v: unknown): unknown {
  const fields = typeof v === 'object' && v !== null ? (v as { managedFields?: unknown }).managedFields : undefined;
  return fields === undefined ? v : { ...(v as object), managers: fields };
}

const { managers: _ofBundles, ...ofTheApi } = Object.fromEntries(projected.parts.fields);

export const metadata: Shape<Metadata> = {
  read: (v) => projected.read(named(v)),
  parts: {
    ...projected.parts,
    fields: new Map(Object.entries({ ...ofTheApi, managedFields: { name: 'managers', shape: managers } })),
  },
};

export type OwnerReference = Shaped<typeof ownerReference>;

/** The shape that nearly every `status.conditions` entry has. */
export const condition = object({
  type: name,
  status: name,
  reason: name,
  message: name,
  lastTransitionTime: text,
  lastUpdateTime: text,
  lastHeartbeatTime: text,
  observedGeneration: number,
});
export type Condition = Shaped<typeof condition>;

export const labelSelector = object({
  matchLabels: strings,
  matchExpressions: list(object({ key: name, operator: name, values: texts })),
});
export type LabelSelector = Shaped<typeof labelSelector>;

/** A reference by name within a namespace. */
export const localReference = object({ name });
