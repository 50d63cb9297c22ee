import type { Field } from './field.ts';
import { field, one, yesOrNo } from './field.ts';
import { bytes } from './measures.ts';

const defaultClass = 'storageclass.kubernetes.io/is-default-class';
const defaultIngressClass = 'ingressclass.kubernetes.io/is-default-class';

/** What claims, volumes and storage classes say of themselves. */
export const storageFields: readonly Field[] = [
  field(
    'size',
    'sizes?|capacit(?:y|ies)|storage(?: size| capacity| requested| claimed)?|disk space|space|gigabytes|gb',
    {
      PersistentVolumeClaim: ({ spec, status }) =>
        one(status.capacity['storage'] ?? spec.resources.requests['storage']),
      PersistentVolume: ({ spec }) => one(spec.capacity['storage']),
    },
    { measure: bytes },
  ),
  field('storage class', '(?:storage ?)?class(?:es)?|sc', {
    PersistentVolumeClaim: ({ spec }) => one(spec.storageClassName),
    PersistentVolume: ({ spec }) => one(spec.storageClassName),
  }),
  field(
    'access mode',
    '(?:access ?)?modes?',
    { PersistentVolumeClaim: ({ spec }) => spec.accessModes, PersistentVolume: ({ spec }) => spec.accessModes },
    { values: /^(?:read ?write ?(?:once|many)(?: ?pod)?|read ?only ?many|rwo|rwx|rox)$/i },
  ),
  field(
    'phase',
    'phases?',
    { PersistentVolumeClaim: ({ status }) => one(status.phase), PersistentVolume: ({ status }) => one(status.phase) },
    { values: /^(?:bound|released|lost)$/i, loosely: 'states?|status(?:es)?' },
  ),
  field('volume', '(?:persistent ?)?volumes?|pvs?|disks?', {
    PersistentVolumeClaim: ({ spec }) => one(spec.volumeName),
  }),
  field('claim', '(?:volume )?claims?|pvcs?|claimed by', {
    PersistentVolume: ({ spec }) =>
      spec.claimRef === undefined ? [] : [`${spec.claimRef.namespace}/${spec.claimRef.name}`],
  }),
  field(
    'reclaim policy',
    'reclaim(?: polic(?:y|ies))?',
    {
      PersistentVolume: ({ spec }) => one(spec.persistentVolumeReclaimPolicy),
      StorageClass: ({ reclaimPolicy }) => one(reclaimPolicy),
    },
    { values: /^(?:retain|recycle)$/i },
  ),
  field('driver', '(?:csi )?drivers?|provisioners?', {
    StorageClass: ({ provisioner }) => one(provisioner),
    PersistentVolume: ({ spec }) => one(spec.csi?.driver),
  }),
  field('binding mode', '(?:volume )?binding modes?', {
    StorageClass: ({ volumeBindingMode }) => one(volumeBindingMode),
  }),
  field('volume expansion', '(?:volume )?expan(?:sion|dable|d)|resiz(?:e|able|ing)|grow', {
    StorageClass: ({ allowVolumeExpansion }) => yesOrNo(allowVolumeExpansion ?? false),
  }),
  field('default', 'default(?: (?:storage )?class)?|is default', {
    StorageClass: ({ metadata }) => yesOrNo(metadata.annotations[defaultClass] === 'true'),
    IngressClass: ({ metadata }) => yesOrNo(metadata.annotations[defaultIngressClass] === 'true'),
  }),
];
