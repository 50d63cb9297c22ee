import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldAt } from '../../patches/field-patch.ts';
import { LabelKey, LabelValue } from '../../targets/label-names.ts';
import { looksSecret } from '../../secrets/looks-secret.ts';
import { checkMarkKey } from '../../patches/metadata-change.ts';
import { mostReplicas } from '../../most-replicas.ts';
import { ObjectNameText } from '../../targets/object-name.ts';
import { refuse } from '../../refusal.ts';
import { checkDanger } from './dangerous-fields.ts';
import { placesIn } from './places-in.ts';
import { checkTemplateMarks } from './template-marks.ts';

/** Kinds and the groups that they have to be of. What says who may do what, guards others or holds secrets is not among them. */
export const groupsOf: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  CronJob: 'batch/v1',
  Job: 'batch/v1',
  Service: 'v1',
  ConfigMap: 'v1',
  Ingress: 'networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PersistentVolumeClaim: 'v1',
};

const mostLetters = 512 * 1024;

/** What people write: no status, no uid, no owner, no finalizer. */
export const Written = z
  .strictObject({
    apiVersion: z.string().max(253),
    kind: z.string().max(63),
    metadata: z.strictObject({
      name: ObjectNameText,
      namespace: z.string().max(63),
      labels: z.record(LabelKey, LabelValue).optional(),
      annotations: z.record(LabelKey, z.string().max(65_536)).optional(),
    }),
    spec: z.record(z.string(), z.json()).optional(),
    data: z
      .record(
        z
          .string()
          .max(253)
          .regex(/^[\w.-]+$/, 'not a key'),
        z.string(),
      )
      .optional(),
    immutable: z.boolean().optional(),
  })
  .refine((manifest) => JSON.stringify(manifest).length < mostLetters, 'larger than an object may be');
export type Written = z.infer<typeof Written>;

/** An action that sets a number of replicas has a bound; a manifest is no way round it. A CronJob's Jobs have theirs. */
function checkReplicas(manifest: Written): void {
  const specs = [manifest.spec, fieldAt(manifest.spec, ['jobTemplate', 'spec'])];
  const found = specs
    .flatMap((spec) =>
      ['replicas', 'maxReplicas', 'parallelism'].map((field) => ({ field, value: fieldAt(spec, [field]) })),
    )
    .find(({ value }) => typeof value === 'number' && value > mostReplicas);
  if (found !== undefined) {
    refuse(
      `The manifest asks for ${String(found.value)} ${found.field}; more than ${mostReplicas} are not set here.`,
      'Let an administrator apply it, or propose it in Git.',
    );
  }
}

interface Named {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Values of ConfigMaps and of variables that look like credentials. */
function checkSecrets(manifest: Written): void {
  const data = Object.entries(manifest.data ?? {}).map(([name, value]): Named => ({ name, value }));
  const variables = placesIn(manifest.spec)
    .filter(({ key, value }) => key === 'env' && Array.isArray(value))
    .flatMap(({ value }) => value as readonly Named[]);
  const found = [...data, ...variables].find(
    ({ name, value }) => typeof value === 'string' && looksSecret(String(name), value),
  );
  if (found !== undefined) {
    refuse(
      `The value of "${String(found.name)}" looks like a secret: it would stand in the record of this change.`,
      'Refer to a key of a Secret.',
    );
  }
}

/** ConfigMaps with which Kubernetes or a tool tells every pod of a namespace whom to trust. */
const trust: readonly string[] = ['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert'];

function checkTrust({ kind, metadata: { name } }: Written): void {
  if (kind === 'ConfigMap' && trust.includes(name)) {
    refuse(`ConfigMap ${name} tells the pods of its namespace whom to trust.`, 'Leave it to who keeps it.');
  }
}

/** Refused unless it is a plain object of an allowed kind. Nothing is stripped: what is not right is said. */
export function checkManifest(manifest: Written): void {
  const { kind, apiVersion, metadata } = manifest;
  if (groupsOf[kind] !== apiVersion) {
    refuse(
      `${apiVersion} ${kind} is not applied here.`,
      groupsOf[kind] === undefined
        ? 'Let an administrator apply it, or propose it in Git.'
        : `Write it as ${groupsOf[kind]}.`,
    );
  }
  for (const key of [...Object.keys(metadata.labels ?? {}), ...Object.keys(metadata.annotations ?? {})]) {
    checkMarkKey(key);
  }
  checkDanger(manifest.spec);
  checkTemplateMarks(manifest as Manifest);
  checkReplicas(manifest);
  checkSecrets(manifest);
  checkTrust(manifest);
}
