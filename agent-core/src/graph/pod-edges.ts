import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podHostReferences, serviceOfHost } from '../reading/network/host-references.ts';
import type { Edge } from './edge.ts';

function volumeTargets(volume: Volume, namespace: string): { to: ObjectRef; detail: string }[] {
  const detail = `volume ${volume.name}`;
  const targets: ObjectRef[] = [];
  if (volume.configMap !== undefined) targets.push(refByName('ConfigMap', namespace, volume.configMap.name));
  if (volume.secret !== undefined) targets.push(refByName('Secret', namespace, volume.secret.secretName));
  if (volume.persistentVolumeClaim !== undefined) {
    targets.push(refByName('PersistentVolumeClaim', namespace, volume.persistentVolumeClaim.claimName));
  }
  for (const source of volume.projected?.sources ?? []) {
    if (source.configMap !== undefined) targets.push(refByName('ConfigMap', namespace, source.configMap.name));
    if (source.secret !== undefined) targets.push(refByName('Secret', namespace, source.secret.name));
  }
  return targets.map((to) => ({ to, detail }));
}

function readEdges(from: ObjectRef, pod: Pod): Edge[] {
  const { namespace } = pod.metadata;
  const edges: Edge[] = [];
  const reads = (kind: 'ConfigMap' | 'Secret', name: string, detail: string): void => {
    edges.push({ from, to: refByName(kind, namespace, name), verb: 'reads', detail });
  };
  for (const container of [...pod.spec.initContainers, ...pod.spec.containers]) {
    for (const { name, valueFrom } of container.env) {
      const [map, secret] = [valueFrom?.configMapKeyRef, valueFrom?.secretKeyRef];
      if (map !== undefined) reads('ConfigMap', map.name, `variable ${name}`);
      if (secret !== undefined) reads('Secret', secret.name, `variable ${name}`);
    }
    for (const source of container.envFrom) {
      if (source.configMapRef !== undefined) reads('ConfigMap', source.configMapRef.name, 'envFrom');
      if (source.secretRef !== undefined) reads('Secret', source.secretRef.name, 'envFrom');
    }
  }
  return edges;
}

function callEdges(snapshot: Snapshot, from: ObjectRef, pod: Pod): Edge[] {
  const edges: Edge[] = [];
  for (const reference of podHostReferences(snapshot, pod)) {
    const service = serviceOfHost(snapshot, reference.host, pod.metadata.namespace);
    if (service === undefined) continue;
    const port = reference.port === undefined ? '' : `:${reference.port}`;
    edges.push({
      from,
      to: refByName('Service', service.namespace, service.name),
      verb: 'calls',
      detail: `${reference.host}${port}`,
    });
  }
  return edges;
}

/** What a pod leans on: node, configuration, volumes, account, and the Services that its configuration names. */
export function podEdges(snapshot: Snapshot, pod: Pod): readonly Edge[] {
  const from = refTo('Pod', pod);
  const { namespace } = pod.metadata;
  const edges: Edge[] = readEdges(from, pod);
  for (const volume of pod.spec.volumes) {
    for (const target of volumeTargets(volume, namespace)) edges.push({ from, verb: 'mounts', ...target });
  }
  if (pod.spec.nodeName !== undefined) {
    edges.push({ from, to: refByName('Node', '', pod.spec.nodeName), verb: 'runs on', detail: '' });
  }
  const account = pod.spec.serviceAccountName;
  if (account !== undefined && account !== 'default') {
    edges.push({ from, to: refByName('ServiceAccount', namespace, account), verb: 'uses account', detail: '' });
  }
  for (const secret of pod.spec.imagePullSecrets) {
    edges.push({
      from,
      to: refByName('Secret', namespace, secret.name),
      verb: 'pulls with',
      detail: 'imagePullSecrets',
    });
  }
  edges.push(...callEdges(snapshot, from, pod));
  return edges;
}
