/** An object as an API server lists it. */
export interface ListedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly subsets?: unknown;
}

type Labels = Readonly<Record<string, string>>;

/** One line of the text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
  readonly lastState?: { readonly terminated?: { readonly reason?: string } };
}

const podPhases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
const claimPhases = ['Pending', 'Bound', 'Lost'];

function sample(name: string, labels: Labels, value: number | boolean): Sample {
  return { name, labels, value: Number(value) };
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** As Kubernetes writes quantities (`100m`, `24Mi`): https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function quantity(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(text) ?? [];
  const power = ['', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(unit.replace(/i$/, '').replace('K', 'k'));
  if (number === '' || (unit !== 'm' && power === -1)) throw new TypeError(`${text} is no quantity`);
  return unit === 'm' ? Number(number) / 1000 : Number(number) * (unit.endsWith('i') ? 1024 : 1000) ** power;
}

function podSamples({ status = {} }: ListedObject, labels: Labels): readonly Sample[] {
  const containers = (status['containerStatuses'] ?? []) as readonly ContainerStatus[];
  return [
    ...podPhases.map((phase) => sample('kube_pod_status_phase', { ...labels, phase }, status['phase'] === phase)),
    ...containers.flatMap(({ name, ready = false, restartCount = 0, state, lastState }) => {
      const own = { ...labels, container: name };
      const waits = state?.waiting?.reason;
      const ended = lastState?.terminated?.reason;
      return [
        sample('kube_pod_container_status_ready', own, ready),
        sample('kube_pod_container_status_restarts_total', own, restartCount),
        ...(waits === undefined
          ? []
          : [sample('kube_pod_container_status_waiting_reason', { ...own, reason: waits }, 1)]),
        ...(ended === undefined
          ? []
          : [sample('kube_pod_container_status_last_terminated_reason', { ...own, reason: ended }, 1)]),
      ];
    }),
  ];
}

function deploymentSamples({ spec = {}, status = {} }: ListedObject, labels: Labels): readonly Sample[] {
  return [
    sample('kube_deployment_spec_replicas', labels, Number(spec['replicas'] ?? 1)),
    sample('kube_deployment_status_replicas_available', labels, Number(status['availableReplicas'] ?? 0)),
    sample('kube_deployment_status_replicas_updated', labels, Number(status['updatedReplicas'] ?? 0)),
  ];
}

function quotaSamples({ status = {} }: ListedObject, labels: Labels): readonly Sample[] {
  return ['hard', 'used'].flatMap((type) =>
    entriesOf(status[type]).map(([resource, amount]) =>
      sample('kube_resourcequota', { ...labels, resource, type }, quantity(String(amount))),
    ),
  );
}

function endpointSamples({ subsets }: ListedObject, labels: Labels): readonly Sample[] {
  const all = (subsets ?? []) as readonly Readonly<Record<string, readonly { readonly ip: string }[]>>[];
  return all.flatMap((subset) =>
    [
      ['addresses', 'true'],
      ['notReadyAddresses', 'false'],
    ].flatMap(([key = '', ready = '']) =>
      (subset[key] ?? []).map(({ ip }) => sample('kube_endpoint_address', { ...labels, ip, ready }, 1)),
    ),
  );
}

function nodeSamples({ status = {} }: ListedObject, labels: Labels): readonly Sample[] {
  const conditions = (status['conditions'] ?? []) as readonly { readonly type: string; readonly status: string }[];
  return conditions.flatMap(({ type, status: is }) =>
    ['true', 'false', 'unknown'].map((one) =>
      sample('kube_node_status_condition', { ...labels, condition: type, status: one }, is.toLowerCase() === one),
    ),
  );
}

function claimSamples({ status = {} }: ListedObject, labels: Labels): readonly Sample[] {
  return claimPhases.map((phase) =>
    sample('kube_persistentvolumeclaim_status_phase', { ...labels, phase }, status['phase'] === phase),
  );
}

const kinds: Readonly<
  Record<
    string,
    { readonly label: string; readonly samples: (object: ListedObject, labels: Labels) => readonly Sample[] }
  >
> = {
  Pod: { label: 'pod', samples: podSamples },
  Deployment: { label: 'deployment', samples: deploymentSamples },
  ResourceQuota: { label: 'resourcequota', samples: quotaSamples },
  PersistentVolumeClaim: { label: 'persistentvolumeclaim', samples: claimSamples },
  Service: { label: 'service', samples: (_object, labels) => [sample('kube_service_info', labels, 1)] },
  Endpoints: { label: 'endpoint', samples: endpointSamples },
  Node: { label: 'node', samples: nodeSamples },
};

function samplesOf(object: ListedObject): readonly Sample[] {
  const { namespace, name } = object.metadata;
  const kind = kinds[object.kind];
  return kind === undefined
    ? []
    : kind.samples(object, { ...(namespace === undefined ? {} : { namespace }), [kind.label]: name });
}

/**
 * What kube-state-metrics tells of these objects, as far as rules of a test ask for it, in the text format. Names and
 * labels are its own: https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics
 */
export function stateMetrics(objects: readonly ListedObject[]): string {
  const byName = Map.groupBy(objects.flatMap(samplesOf), ({ name }) => name);
  const lines = [...byName].flatMap(([name, samples]) => [
    `# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
    ...samples.map(
      ({ labels, value }) =>
        `${name}{${entriesOf(labels)
          .map(([key, text]) => `${key}=${JSON.stringify(text)}`)
          .join(',')}} ${value}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}
