import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import { checkIdentityKey } from '../../secrets/identity-keys.ts';
import { LabelKey, LabelValue, domainOf } from '../../targets/label-names.ts';
import { looksSecret } from '../../secrets/looks-secret.ts';
import { checkMarkKey } from '../../patches/metadata-change.ts';
import { mostReplicas } from '../../most-replicas.ts';
import { ObjectNameText } from '../../targets/object-name.ts';
import { refuse } from '../../refusal.ts';
import { templatePath } from '../../targets/workload-template.ts';

/** Kinds and the groups that they have to be of. What says who may do what, guards others or holds secrets is not among them. */
export const groupsOf: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', CronJob: 'batch/v1', Job: 'batch/v1', Service: 'v1', ConfigMap: 'v1',
  Ingress: 'networking.k8s.io/v1', HorizontalPodAutoscaler: 'autoscaling/v2', PersistentVolumeClaim: 'v1',
};

const mostLetters = 512 * 1024;

/** What people write: no status, no uid, no owner, no finalizer. */
export const Written = z.strictObject({
  apiVersion: z.string().max(253),
  kind: z.string().max(63),
  metadata: z.strictObject({
    name: ObjectNameText,
    namespace: z.string().max(63),
    labels: z.record(LabelKey, LabelValue).optional(),
    annotations: z.record(LabelKey, z.string().max(65_536)).optional(),
  }),
  spec: z.record(z.string(), z.json()).optional(),
  data: z.record(z.string().max(253).regex(/^[\w.-]+$/, 'not a key'), z.string()).optional(),
  immutable: z.boolean().optional(),
}).refine((manifest) => JSON.stringify(manifest).length < mostLetters, 'larger than an object may be');
export type Written = z.infer<typeof Written>;

interface Place {
  readonly key: string;
  readonly value: unknown;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}

/** The types of SELinux that confine a container; a user or a role of one's own is none. */
const confined: readonly unknown[] = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

function leavesSelinux(value: unknown): boolean {
  return !confined.includes(fieldOf(value, 'type')) || ['user', 'role'].some((field) => ![undefined, ''].includes(fieldOf(value, field) as undefined));
}

function asksAnotherHost(value: unknown): boolean {
  return ![undefined, ''].includes(fieldOf(value, 'host') as undefined);
}

/**
 * Fields by which a pod gets out of its container or before others, or a Service takes the traffic of others:
 * kubernetes.io, "Pod Security Standards", baseline, and "Pod Priority and Preemption".
 */
const dangerous: Readonly<Record<string, (value: unknown) => boolean>> = {
  hostPath: (value) => value !== null,
  hostNetwork: (value) => value === true,
  hostPID: (value) => value === true,
  hostIPC: (value) => value === true,
  hostPort: (value) => typeof value === 'number' && value > 0,
  hostProcess: (value) => value === true,
  privileged: (value) => value === true,
  allowPrivilegeEscalation: (value) => value === true,
  add: (value) => Array.isArray(value) && value.length > 0,
  procMount: (value) => value !== 'Default',
  seLinuxOptions: leavesSelinux,
  sysctls: (value) => Array.isArray(value) && value.length > 0,
  httpGet: asksAnotherHost,
  tcpSocket: asksAnotherHost,
  priorityClassName: (value) => typeof value === 'string' && value.startsWith('system-'),
  externalIPs: (value) => Array.isArray(value) && value.length > 0,
  ephemeralContainers: () => true,
};

/** Before AppArmor had a field of its own it was an annotation of the pod. */
const appArmor = 'container.apparmor.security.beta.kubernetes.io';

/** Every field, however deep: an explicit stack, because depth is the writer's choice. */
function placesIn(root: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) places.push(...Object.entries(value).map(([key, inner]) => ({ key, value: inner as unknown })));
    open.push(...(Object.values(value) as unknown[]));
  }
  return places;
}

function unconfined(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Unconfined';
}

function checkDanger(manifest: Written): void {
  const found = placesIn(manifest.spec).find(({ key, value }) => (Object.hasOwn(dangerous, key) && dangerous[key]?.(value) === true) || (/^(seccomp|appArmor)Profile$/.test(key) && unconfined(value)));
  if (found !== undefined) refuse(`The manifest sets ${found.key}, by which a pod gets out of its container or takes what is not its own.`, 'Leave it out, or let an administrator apply it.');
}

/** What marks of the pods themselves may not say. */
function checkTemplateMarks(manifest: Written): void {
  const template = fieldAt(manifest, templatePath(manifest as Manifest));
  for (const field of ['labels', 'annotations']) {
    const marks = Object.entries((fieldAt(template, ['metadata', field]) ?? {}) as Readonly<Record<string, unknown>>);
    for (const [key, value] of marks) {
      checkIdentityKey(key);
      if (domainOf(key) === appArmor && value === 'unconfined') refuse(`The manifest sets ${key}, by which a pod gets out of its container.`, 'Leave it out, or let an administrator apply it.');
    }
  }
}

/** An action that sets a number of replicas has a bound; a manifest is no way round it. */
function checkReplicas(manifest: Written): void {
  const found = ['replicas', 'maxReplicas', 'parallelism'].map((field) => ({ field, value: fieldOf(manifest.spec, field) })).find(({ value }) => typeof value === 'number' && value > mostReplicas);
  if (found !== undefined) refuse(`The manifest asks for ${String(found.value)} ${found.field}; more than ${mostReplicas} are not set here.`, 'Let an administrator apply it, or propose it in Git.');
}

interface Named {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Values of ConfigMaps and of variables that look like credentials. */
function checkSecrets(manifest: Written): void {
  const data = Object.entries(manifest.data ?? {}).map(([name, value]): Named => ({ name, value }));
  const variables = placesIn(manifest.spec).filter(({ key, value }) => key === 'env' && Array.isArray(value)).flatMap(({ value }) => value as readonly Named[]);
  const found = [...data, ...variables].find(({ name, value }) => typeof value === 'string' && looksSecret(String(name), value));
  if (found !== undefined) refuse(`The value of "${String(found.name)}" looks like a secret: it would stand in the record of this change.`, 'Refer to a key of a Secret.');
}

/** Refused unless it is a plain object of an allowed kind. Nothing is stripped: what is not right is said. */
export function checkManifest(manifest: Written): void {
  const { kind, apiVersion, metadata } = manifest;
  if (groupsOf[kind] !== apiVersion) refuse(`${apiVersion} ${kind} is not applied here.`, groupsOf[kind] === undefined ? 'Let an administrator apply it, or propose it in Git.' : `Write it as ${groupsOf[kind]}.`);
  for (const key of [...Object.keys(metadata.labels ?? {}), ...Object.keys(metadata.annotations ?? {})]) checkMarkKey(key);
  checkDanger(manifest);
  checkTemplateMarks(manifest);
  checkReplicas(manifest);
  checkSecrets(manifest);
}
