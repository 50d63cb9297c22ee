import { isRecord } from '@autodevops/domain/raw-record';
import type { Raw, RawObject } from './raw-object.ts';

function without(value: Raw, keys: readonly string[]): Raw {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

const ofThisCluster = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
];
const automaticFinalizers = [
  'kubernetes.io/pvc-protection',
  'kubernetes.io/pv-protection',
  'foregroundDeletion',
  'orphan',
];
const automaticAnnotations =
  /^(?:deployment\.kubernetes\.io\/|pv\.kubernetes\.io\/|volume\.(?:beta\.)?kubernetes\.io\/|autoscaling\.alpha\.kubernetes\.io\/)/;

function portableMetadata(metadata: Raw): Raw {
  const { annotations, finalizers, ...rest } = without(metadata, ofThisCluster);
  const kept = isRecord(annotations)
    ? Object.entries(annotations).filter(([key]) => !automaticAnnotations.test(key))
    : [];
  const held = Array.isArray(finalizers) ? finalizers.filter((one) => !automaticFinalizers.includes(String(one))) : [];
  return {
    ...rest,
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
    ...(held.length === 0 ? {} : { finalizers: held }),
  };
}

function named(value: unknown, prefix: string): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && value['name'].startsWith(prefix);
}

/** What the ServiceAccount admission adds to every pod; it would be added twice. */
const tokenVolume = 'kube-api-access-';

function withoutTokenMount(containers: unknown): unknown {
  if (!Array.isArray(containers)) return containers;
  return containers.map((one: unknown) =>
    isRecord(one) && Array.isArray(one['volumeMounts'])
      ? { ...one, volumeMounts: one['volumeMounts'].filter((mount) => !named(mount, tokenVolume)) }
      : one,
  );
}

function portablePod(spec: Raw): Raw {
  const { volumes, containers, initContainers, ...rest } = without(spec, [
    'nodeName',
    'serviceAccount',
    'ephemeralContainers',
    'priority',
    'preemptionPolicy',
  ]);
  return {
    ...rest,
    containers: withoutTokenMount(containers),
    ...(initContainers === undefined ? {} : { initContainers: withoutTokenMount(initContainers) }),
    ...(Array.isArray(volumes) ? { volumes: volumes.filter((volume) => !named(volume, tokenVolume)) } : {}),
  };
}

/** A headless Service says so by its address; any other gets a new one. */
function portableService(spec: Raw): Raw {
  return spec['clusterIP'] === 'None' ? spec : without(spec, ['clusterIP', 'clusterIPs', 'healthCheckNodePort']);
}

const jobLabels = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'];

/** A Job's selector and its pods' labels hold its uid, unless somebody chose them. */
function portableJob(spec: Raw): Raw {
  if (spec['manualSelector'] === true) return spec;
  const { selector: _selector, template, ...rest } = spec;
  if (!isRecord(template) || !isRecord(template['metadata'])) return { ...rest, template };
  const { labels, ...metadata } = template['metadata'];
  return {
    ...rest,
    template: {
      ...template,
      metadata: {
        ...without(metadata, ['creationTimestamp']),
        ...(isRecord(labels) ? { labels: without(labels, jobLabels) } : {}),
      },
    },
  };
}

const specs: Readonly<Record<string, (spec: Raw) => Raw>> = {
  'v1/Pod': portablePod,
  'v1/Service': portableService,
  'v1/PersistentVolumeClaim': (spec) => without(spec, ['volumeName']),
  'v1/PersistentVolume': (spec) => without(spec, ['claimRef']),
  'v1/Namespace': (spec) => without(spec, ['finalizers']),
  'batch/v1/Job': portableJob,
};

/** An object without what ties it to the cluster that it was read from: identities, addresses, bindings, status. */
export function portable({ apiVersion, kind, raw }: RawObject): Raw {
  const { metadata, spec, status: _status, ...rest } = raw;
  const own = specs[`${apiVersion}/${kind}`];
  return {
    apiVersion,
    kind,
    ...without(rest, ['apiVersion', 'kind']),
    metadata: portableMetadata(isRecord(metadata) ? metadata : {}),
    ...(spec === undefined ? {} : { spec: isRecord(spec) && own !== undefined ? own(spec) : spec }),
  };
}
