import { condition, labelSelector, localReference, metadata } from './metadata.ts';
import { flag, intOrText, json, list, name, number, object, optional, strings, text, texts } from './shape.ts';
import type { Shaped } from './shape.ts';

const keyReference = object({ name, key: name, optional: flag });

export const envVariable = object({
  name,
  value: text,
  valueFrom: optional(
    object({
      configMapKeyRef: optional(keyReference),
      secretKeyRef: optional(keyReference),
      fieldRef: optional(object({ fieldPath: name })),
      resourceFieldRef: optional(object({ containerName: name, resource: name })),
    }),
  ),
});

const envSource = object({
  prefix: text,
  configMapRef: optional(object({ name, optional: flag })),
  secretRef: optional(object({ name, optional: flag })),
});

export const probe = object({
  httpGet: optional(object({ path: text, port: intOrText, scheme: text, host: text })),
  tcpSocket: optional(object({ port: intOrText, host: text })),
  exec: optional(object({ command: texts })),
  grpc: optional(object({ port: intOrText, service: text })),
  initialDelaySeconds: number,
  periodSeconds: number,
  timeoutSeconds: number,
  failureThreshold: number,
  successThreshold: number,
});
export type Probe = Shaped<typeof probe>;

const securityContext = object({
  runAsUser: number,
  runAsGroup: number,
  fsGroup: number,
  runAsNonRoot: flag,
  privileged: flag,
  readOnlyRootFilesystem: flag,
  allowPrivilegeEscalation: flag,
  capabilities: object({ add: texts, drop: texts }),
  seccompProfile: optional(object({ type: name })),
  sysctls: list(object({ name, value: name })),
});

export const container = object({
  name,
  image: name,
  imagePullPolicy: text,
  command: texts,
  args: texts,
  workingDir: text,
  env: list(envVariable),
  envFrom: list(envSource),
  ports: list(object({ name: text, containerPort: number, hostPort: number, protocol: text })),
  resources: object({ limits: strings, requests: strings }),
  volumeMounts: list(object({ name, mountPath: name, subPath: text, subPathExpr: text, readOnly: flag })),
  livenessProbe: optional(probe),
  readinessProbe: optional(probe),
  startupProbe: optional(probe),
  lifecycle: json,
  securityContext,
  restartPolicy: text,
});
export type Container = Shaped<typeof container>;

const volumeItems = list(object({ key: name, path: name }));

export const volume = object({
  name,
  configMap: optional(object({ name, optional: flag, items: volumeItems })),
  secret: optional(object({ secretName: name, optional: flag, items: volumeItems })),
  persistentVolumeClaim: optional(object({ claimName: name, readOnly: flag })),
  projected: optional(
    object({
      sources: list(
        object({
          configMap: optional(object({ name, optional: flag, items: volumeItems })),
          secret: optional(object({ name, optional: flag, items: volumeItems })),
          serviceAccountToken: optional(object({ path: name, audience: text, expirationSeconds: number })),
        }),
      ),
    }),
  ),
  emptyDir: optional(object({ medium: text, sizeLimit: text })),
  hostPath: optional(object({ path: name, type: text })),
  nfs: optional(object({ server: name, path: name })),
  csi: optional(object({ driver: name })),
  image: optional(object({ reference: text, pullPolicy: text })),
  ephemeral: optional(object({ volumeClaimTemplate: json })),
});
export type Volume = Shaped<typeof volume>;

export const toleration = object({ key: text, operator: text, value: text, effect: text, tolerationSeconds: number });

const nodeSelectorTerm = object({
  matchExpressions: list(object({ key: name, operator: name, values: texts })),
  matchFields: list(object({ key: name, operator: name, values: texts })),
});
export const nodeSelector = object({ nodeSelectorTerms: list(nodeSelectorTerm) });

const podAffinityTerm = object({
  labelSelector: optional(labelSelector),
  topologyKey: name,
  namespaces: texts,
  namespaceSelector: optional(labelSelector),
});
const podAffinity = object({
  requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(object({ weight: number, podAffinityTerm })),
});

export const podSpec = object({
  nodeName: text,
  containers: list(container),
  initContainers: list(container),
  volumes: list(volume),
  restartPolicy: text,
  serviceAccountName: text,
  automountServiceAccountToken: flag,
  enableServiceLinks: flag,
  hostUsers: flag,
  imagePullSecrets: list(localReference),
  nodeSelector: strings,
  affinity: object({
    nodeAffinity: object({
      requiredDuringSchedulingIgnoredDuringExecution: optional(nodeSelector),
    }),
    podAffinity,
    podAntiAffinity: podAffinity,
  }),
  tolerations: list(toleration),
  topologySpreadConstraints: list(
    object({
      maxSkew: number,
      topologyKey: name,
      whenUnsatisfiable: name,
      labelSelector: optional(labelSelector),
      minDomains: number,
    }),
  ),
  schedulerName: text,
  schedulingGates: list(object({ name })),
  priority: number,
  priorityClassName: text,
  preemptionPolicy: text,
  hostNetwork: flag,
  hostPID: flag,
  hostIPC: flag,
  dnsPolicy: text,
  dnsConfig: json,
  hostAliases: json,
  hostname: text,
  subdomain: text,
  securityContext,
  runtimeClassName: text,
  readinessGates: list(object({ conditionType: name })),
  terminationGracePeriodSeconds: number,
  activeDeadlineSeconds: number,
  overhead: strings,
  /** Of the whole pod (Kubernetes 1.32 and newer): they stand for the sum of its containers. */
  resources: object({ limits: strings, requests: strings }),
  resourceClaims: list(object({ name, resourceClaimName: text, resourceClaimTemplateName: text })),
  shareProcessNamespace: flag,
});
export type PodSpec = Shaped<typeof podSpec>;

export const podTemplate = object({
  metadata: object({ labels: strings, annotations: strings }),
  spec: podSpec,
});
export type PodTemplate = Shaped<typeof podTemplate>;

const terminated = object({
  exitCode: number,
  signal: number,
  reason: text,
  message: text,
  startedAt: text,
  finishedAt: text,
});
const containerState = object({
  waiting: optional(object({ reason: text, message: text })),
  running: optional(object({ startedAt: text })),
  terminated: optional(terminated),
});
export const containerStatus = object({
  name,
  image: text,
  imageID: text,
  ready: flag,
  started: flag,
  restartCount: number,
  state: containerState,
  lastState: containerState,
});
export type ContainerStatus = Shaped<typeof containerStatus>;
export type Terminated = Shaped<typeof terminated>;

export const pod = object({
  metadata,
  spec: podSpec,
  status: object({
    phase: text,
    reason: text,
    message: text,
    conditions: list(condition),
    hostIP: text,
    podIP: text,
    startTime: text,
    nominatedNodeName: text,
    qosClass: text,
    containerStatuses: list(containerStatus),
    initContainerStatuses: list(containerStatus),
    ephemeralContainerStatuses: list(containerStatus),
  }),
});
export type Pod = Shaped<typeof pod>;
