import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { serviceOfHost } from '../network/host-references.ts';
import { servicesCalled } from '../network/services-called.ts';
import { servingObject } from '../network/serving-object.ts';
import { namespaceIn } from './object-labels.ts';
import type { Labels } from './object-labels.ts';

/** `10.0.0.5:9100`, `[::1]:9100`, `redis://user@cache:6379/0` as the host alone. */
export function hostIn(address: string): string {
  const bare = address
    .replace(/^\w+:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/\/.*$/, '');
  if (bare.startsWith('[')) return bare.slice(1, Math.max(1, bare.indexOf(']')));
  const colon = bare.lastIndexOf(':');
  return colon > 0 && bare.indexOf(':') === colon ? bare.slice(0, colon) : bare;
}

/** The workload, Service or pod that an address names. */
export function objectAt(snapshot: Snapshot, address: string, namespace: string): ObjectRef | undefined {
  const host = hostIn(address);
  const service = serviceOfHost(snapshot, host, namespace);
  if (service !== undefined) return servingObject(snapshot, service.namespace, service.name, ['Service']);
  const [name = ''] = host.split('.');
  const pod = snapshot.get('Pod', namespace, name);
  return pod === undefined ? servingObject(snapshot, namespace, name) : refTo('Pod', pod);
}

/** Those who fetch from a topic, by the name of their group: https://github.com/danielqsj/kafka_exporter, and Burrow and Strimzi call it alike */
function consumer(snapshot: Snapshot, labels: Labels): ObjectRef | undefined {
  const group =
    labels['consumergroup'] ??
    labels['consumer_group'] ??
    (labels['topic'] === undefined ? undefined : labels['group']);
  if (group === undefined) return undefined;
  return servingObject(snapshot, namespaceIn(labels), group) ?? servingObject(snapshot, '', group);
}

/** Exporters of what has no metrics of its own. Those of nodes and of Kubernetes are known by what they say. */
const exporter = /(?:^|-)exporter(?:-|$)/;
const ofOthers = /node-exporter|process-exporter|blackbox|kube-state/;
/** Words by which a metric or an alert speaks of a store or a proxy, and not of the exporter's own memory or restarts. */
const ofStores =
  /postgres|^pg_|mysql|mariadb|redis|valkey|mongo|kafka|rabbitmq|elasticsearch|opensearch|memcached|nats|cassandra|clickhouse|nginx|haproxy|php_?fpm|zookeeper|oracledb|mssql|etcd|solr|varnish/i;
/** By address, or as elasticsearch_exporter does by the member's own name. */
const targets = ['server', 'target', 'addr', 'address', 'instance', 'name', 'host'] as const;

function exporterIn(snapshot: Snapshot, labels: Labels): ObjectRef | undefined {
  const namespace = namespaceIn(labels);
  const { pod = '' } = labels;
  // A container beside the store: its pod is the store's.
  if (!ofStores.test(labels['__name__'] ?? labels['alertname'] ?? '') || (pod !== '' && !exporter.test(pod))) {
    return undefined;
  }
  for (const label of ['pod', 'service', 'job', 'container'] as const) {
    const name = labels[label];
    if (name === undefined || !exporter.test(name) || ofOthers.test(name)) continue;
    const isPod = label === 'pod' && snapshot.get('Pod', namespace, name) !== undefined;
    return isPod
      ? refByName('Pod', namespace, name)
      : (servingObject(snapshot, namespace, name) ?? refByName('Deployment', namespace, name));
  }
  return undefined;
}

/** What an exporter that stands by itself was told to look at: by its labels, its configuration, or its name. */
function lookedAt(snapshot: Snapshot, labels: Labels): ObjectRef | undefined {
  const self = exporterIn(snapshot, labels);
  if (self === undefined) return undefined;
  const namespace = namespaceIn(labels);
  const stated = targets
    .flatMap((label) => (labels[label] === undefined ? [] : (objectAt(snapshot, labels[label], namespace) ?? [])))
    .find(({ name }) => !exporter.test(name));
  if (stated !== undefined) return stated;
  const [only, ...others] = servicesCalled(snapshot, self);
  if (only !== undefined && others.length === 0) return only;
  const bare = /^(.+?)-exporter(?:-|$)/.exec(self.name)?.[1];
  return bare === undefined ? undefined : servingObject(snapshot, namespace, bare);
}

/** What a series or an alert is about that somebody else reports: a consumer, or the target of an exporter. */
export function exportedObject(snapshot: Snapshot, labels: Labels): ObjectRef | undefined {
  return consumer(snapshot, labels) ?? lookedAt(snapshot, labels);
}
