import { isRecord } from '../raw-record.ts';
import type { RawRecord } from '../raw-record.ts';
import { condition, metadata } from './metadata.ts';
import { flag, json, list, name, number, object, optional, strings, text, texts } from './shape.ts';
import type { Shape, Shaped } from './shape.ts';

export const node = object({
  metadata,
  spec: object({
    unschedulable: flag,
    taints: list(object({ key: name, value: text, effect: name, timeAdded: text })),
    podCIDR: text,
    providerID: text,
  }),
  status: object({
    capacity: strings,
    allocatable: strings,
    conditions: list(condition),
    addresses: list(object({ type: name, address: name })),
    nodeInfo: object({
      kubeletVersion: name,
      kubeProxyVersion: text,
      containerRuntimeVersion: name,
      osImage: name,
      kernelVersion: name,
      architecture: name,
      operatingSystem: name,
    }),
    images: list(object({ names: texts, sizeBytes: number })),
    volumesAttached: list(object({ name, devicePath: text })),
  }),
});
export type Node = Shaped<typeof node>;

export const namespace = object({
  metadata,
  spec: object({ finalizers: texts }),
  status: object({ phase: text, conditions: list(condition) }),
});
export type Namespace = Shaped<typeof namespace>;

const longestValue = 32 * 1024;

/** Values are kept (host names and the Corefile are found in them) up to 32 KiB each; binary values only by key. */
const configData: Shape<Readonly<Record<string, string>>> = {
  read: (v) => {
    const all = strings.read(v);
    const tooLong = Object.entries(all).some(([, value]) => value.length > longestValue);
    if (!tooLong) return all;
    return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, value.slice(0, longestValue)]));
  },
};
const keysOnly: Shape<readonly string[]> = {
  read: (v) => (isRecord(v) ? Object.keys(v) : []),
};
export const configMap = object({ metadata, data: configData, binaryData: keysOnly, immutable: flag });
export type ConfigMap = Shaped<typeof configMap>;

/**
 * A Secret without its values: type and keys, and of a `kubernetes.io/tls` Secret what its public certificate says.
 * `certificate` is filled by the adapter that parsed the bytes (see `SecretCertificate`); `keys` are of `data` and
 * `stringData`.
 */
export interface Secret {
  readonly metadata: Shaped<typeof metadata>;
  readonly type: string;
  readonly keys: readonly string[];
  readonly certificate: SecretCertificate | undefined;
}

/** Of the first certificate in `tls.crt`. `problem`: why it could not be read, in words. Times are ISO. */
export interface SecretCertificate {
  readonly notBefore: string | undefined;
  readonly notAfter: string | undefined;
  readonly names: readonly string[];
  readonly issuer: string | undefined;
  readonly problem: string | undefined;
}

const certificate: Shape<SecretCertificate | undefined> = optional(
  object({ notBefore: text, notAfter: text, names: texts, issuer: text, problem: text }),
);

/** Reads a Secret as the API sends it, or as a bundle keeps it (`keys` and `certificate` instead of `data`). */
export const secret: Shape<Secret> = {
  read: (v) => {
    const raw: RawRecord = isRecord(v) ? v : {};
    const keys = new Set([
      ...keysOnly.read(raw['data']),
      ...keysOnly.read(raw['stringData']),
      ...texts.read(raw['keys']),
    ]);
    return {
      metadata: metadata.read(raw['metadata']),
      type: name.read(raw['type']),
      keys: [...keys],
      certificate: certificate.read(raw['certificate']),
    };
  },
};

export const serviceAccount = object({
  metadata,
  imagePullSecrets: list(object({ name })),
  secrets: list(object({ name })),
  automountServiceAccountToken: flag,
});

export const resourceQuota = object({
  metadata,
  spec: object({ hard: strings, scopes: texts, scopeSelector: json }),
  status: object({ hard: strings, used: strings }),
});

export const limitRange = object({
  metadata,
  spec: object({
    limits: list(
      object({
        type: name,
        max: strings,
        min: strings,
        default: strings,
        defaultRequest: strings,
        maxLimitRequestRatio: strings,
      }),
    ),
  }),
});
export type LimitRange = Shaped<typeof limitRange>;

export const priorityClass = object({ metadata, value: number, globalDefault: flag, preemptionPolicy: text });

const clientConfig = object({
  service: optional(object({ namespace: name, name, path: text, port: number })),
  url: text,
});
const webhook = object({
  name,
  clientConfig,
  failurePolicy: text,
  timeoutSeconds: number,
  rules: list(object({ apiGroups: texts, apiVersions: texts, resources: texts, operations: texts, scope: text })),
  namespaceSelector: json,
  objectSelector: json,
});
export const webhookConfiguration = object({ metadata, webhooks: list(webhook) });

export const validatingAdmissionPolicy = object({
  metadata,
  spec: object({
    failurePolicy: text,
    matchConstraints: json,
    validations: list(object({ expression: name, message: text, reason: text })),
  }),
  status: object({ conditions: list(condition) }),
});

export const validatingAdmissionPolicyBinding = object({
  metadata,
  spec: object({ policyName: name, validationActions: texts, matchResources: json }),
});

export const apiService = object({
  metadata,
  spec: object({
    group: text,
    version: text,
    service: optional(object({ namespace: name, name, port: number })),
  }),
  status: object({ conditions: list(condition) }),
});
export type ApiService = Shaped<typeof apiService>;

export const customResourceDefinition = object({
  metadata,
  spec: object({
    group: name,
    scope: name,
    names: object({ kind: name, plural: name }),
    versions: list(object({ name, served: flag, storage: flag, deprecated: flag })),
    conversion: optional(object({ strategy: text, webhook: optional(object({ clientConfig })) })),
  }),
  status: object({ conditions: list(condition), storedVersions: texts }),
});
export type CustomResourceDefinition = Shaped<typeof customResourceDefinition>;

const policyRule = object({
  verbs: texts,
  apiGroups: texts,
  resources: texts,
  resourceNames: texts,
  nonResourceURLs: texts,
});
export type PolicyRule = Shaped<typeof policyRule>;
export const role = object({ metadata, rules: list(policyRule), aggregationRule: json });
export type Role = Shaped<typeof role>;
export const roleBinding = object({
  metadata,
  roleRef: object({ kind: name, name }),
  subjects: list(object({ kind: name, name, namespace: text })),
});
export type RoleBinding = Shaped<typeof roleBinding>;

export const lease = object({
  metadata,
  spec: object({
    holderIdentity: text,
    leaseDurationSeconds: number,
    renewTime: text,
    acquireTime: text,
    leaseTransitions: number,
  }),
});
export type Lease = Shaped<typeof lease>;

export const certificateSigningRequest = object({
  metadata,
  spec: object({ signerName: name, username: text, expirationSeconds: number }),
  status: object({ conditions: list(condition) }),
});
export type CertificateSigningRequest = Shaped<typeof certificateSigningRequest>;

/** Any object of a kind without a shape of its own: Argo CD, Flux, cert-manager, Kamaji, and what comes next. */
export const customObject = object({
  apiVersion: name,
  kind: name,
  metadata,
  spec: json,
  status: json,
});
export type CustomObject = Shaped<typeof customObject>;
