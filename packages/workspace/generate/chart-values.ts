import { z } from 'zod';

/** What the values of both charts say alike. Names and shapes that end in a manifest are Kubernetes' own. */

const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
/** Of an object that may be left out: empty. */
export const optionalName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/)
  .default('');
export const namespaces = z
  .array(
    z
      .string()
      .max(63)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
  )
  .min(1);
const text = z.record(z.string(), z.string());
/** Part of the names of objects; empty: what Helm makes of the release's name. */
const override = (longest: number): z.ZodType =>
  z
    .string()
    .max(longest)
    .regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/)
    .default('');
/** As the API of Kubernetes has it; the API server looks at it. */
const asInKubernetes = z.looseObject({});

export const secretName = objectName.describe("of a Secret in the release's namespace; the chart makes none");

export const SecretKey = z.strictObject({
  secret: secretName,
  key: z
    .string()
    .max(253)
    .regex(/^[-._a-zA-Z0-9]+$/),
});

const Image = z.strictObject({
  repository: z.string().regex(/^[a-z0-9][\w.:/-]*$/),
  tag: z
    .string()
    .regex(/^(\w[\w.-]{0,127})?$/)
    .default('')
    .describe("the chart's appVersion when empty"),
  digest: z
    .string()
    .regex(/^(sha256:[0-9a-f]{64})?$/)
    .default('')
    .describe('outranks the tag'),
  pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).default('IfNotPresent'),
  pullSecrets: z.array(secretName).default([]),
});

const Persistence = z
  .strictObject({
    size: z
      .string()
      .regex(/^[1-9]\d*(Mi|Gi|Ti)$/)
      .default('2Gi'),
    storageClass: optionalName.describe("the cluster's default when empty"),
    existingClaim: optionalName.describe('a claim that is there already; the chart then makes none'),
  })
  .describe('of the SQLite file; unused with PostgreSQL');

const NetworkPolicy = z
  .strictObject({
    enabled: z.boolean().default(true),
    from: z.array(asInKubernetes).default([]).describe('NetworkPolicyPeers that may connect; empty: no pod may'),
    metricsFrom: z.array(asInKubernetes).default([]).describe('NetworkPolicyPeers that may read the metrics'),
    to: z
      .array(asInKubernetes)
      .default([])
      .describe('NetworkPolicyEgressRules beside the ones that the chart has: database, model, monitoring'),
  })
  .describe('everything that is not named is denied');

const Migration = z
  .strictObject({
    enabled: z.boolean().default(false),
    role: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/)
      .optional()
      .describe('that the pods run as in PostgreSQL'),
    owner: SecretKey.optional().describe('the address of the database, as the role that owns the tables'),
  })
  .describe('brings the tables in PostgreSQL up to date before each installation and upgrade');

export const pods = {
  nameOverride: override(63),
  fullnameOverride: override(40),
  image: Image,
  replicas: z.int().min(1).max(20).optional(),
  files: z
    .record(z.string().regex(/^[\w.-]+$/), z.string())
    .default({})
    .describe('public files beside the configuration, which it may name: a policy, public keys'),
  secrets: z
    .array(
      z.strictObject({
        secret: secretName,
        // A volume is called after it.
        folder: z
          .string()
          .max(50)
          .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
      }),
    )
    .default([])
    .describe('mounted under /run/secrets/autodevops/FOLDER'),
  environment: z
    .array(z.strictObject({ name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), ...SecretKey.shape }))
    .default([])
    .describe('environment variables, each from a key of a Secret'),
  persistence: Persistence,
  serviceAccount: z.strictObject({
    create: z.boolean().default(true),
    name: optionalName,
    annotations: text.default({}),
  }),
  networkPolicy: NetworkPolicy,
  disruptionBudget: z.strictObject({ enabled: z.boolean().default(true) }).describe('where there are several replicas'),
  metrics: z.strictObject({ annotations: z.boolean().default(false), serviceMonitor: z.boolean().default(false) }),
  migration: Migration,
  resources: asInKubernetes.default({}),
  nodeSelector: text.default({}),
  tolerations: z.array(asInKubernetes).default([]),
  affinity: asInKubernetes.default({}),
  priorityClassName: optionalName,
  podAnnotations: text.default({}),
  podLabels: text.default({}),
  global: asInKubernetes.optional().describe('of a chart that has this one as a part'),
} as const;
