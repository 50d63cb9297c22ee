import { condition, metadata } from './metadata.ts';
import { nodeSelector } from './pod.ts';
import { flag, json, list, name, number, object, optional, strings, text, texts } from './shape.ts';
import type { Shaped } from './shape.ts';

export const persistentVolumeClaim = object({
  metadata,
  spec: object({
    accessModes: texts,
    storageClassName: text,
    volumeName: text,
    volumeMode: text,
    resources: object({ requests: strings }),
    selector: json,
    dataSource: json,
  }),
  status: object({ phase: text, accessModes: texts, capacity: strings, conditions: list(condition) }),
});
export type PersistentVolumeClaim = Shaped<typeof persistentVolumeClaim>;

export const persistentVolume = object({
  metadata,
  spec: object({
    capacity: strings,
    accessModes: texts,
    storageClassName: text,
    volumeMode: text,
    persistentVolumeReclaimPolicy: text,
    claimRef: optional(object({ kind: name, namespace: name, name, uid: name })),
    nodeAffinity: optional(object({ required: optional(nodeSelector) })),
    csi: optional(object({ driver: name, volumeHandle: name })),
    hostPath: optional(object({ path: name, type: text })),
    local: optional(object({ path: name })),
    nfs: optional(object({ server: name, path: name })),
  }),
  status: object({ phase: text, reason: text, message: text }),
});
export type PersistentVolume = Shaped<typeof persistentVolume>;

export const storageClass = object({
  metadata,
  provisioner: name,
  reclaimPolicy: text,
  volumeBindingMode: text,
  allowVolumeExpansion: flag,
  parameters: strings,
  allowedTopologies: json,
});
export type StorageClass = Shaped<typeof storageClass>;

export const csiDriver = object({ metadata, spec: object({ attachRequired: flag, podInfoOnMount: flag }) });

export const csiNode = object({
  metadata,
  spec: object({ drivers: list(object({ name, nodeID: name, allocatable: optional(object({ count: number })) })) }),
});

export const volumeAttachment = object({
  metadata,
  spec: object({ attacher: name, nodeName: name, source: object({ persistentVolumeName: text }) }),
  status: object({
    attached: flag,
    attachError: optional(object({ message: text, time: text })),
    detachError: optional(object({ message: text, time: text })),
  }),
});
