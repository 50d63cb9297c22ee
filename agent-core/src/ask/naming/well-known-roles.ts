import type { Service } from '@autodevops/domain/kubernetes/network';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { isEntry } from '../../reading/network/service-exposure.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { imageName } from './image-name.ts';
import { distinct } from './names.ts';

/** What plays a part in every cluster, by the words that people have for the part. */
interface Role {
  readonly words: RegExp;
  /** Objects in `namespace`, or anywhere; empty where nothing that can be seen plays the part. */
  readonly players: (snapshot: Snapshot, namespace: string | undefined) => readonly ObjectRef[];
}

function behind(snapshot: Snapshot, services: readonly Service[]): readonly ObjectRef[] {
  const workloads = services
    .flatMap((service) => podsBehind(snapshot, service))
    .map((pod) => workloadOf(snapshot, pod));
  return distinct(workloads);
}

/** Where requests from outside come in: routes first, Services that the outside reaches where there are none. */
function entryPoints(snapshot: Snapshot, namespace: string | undefined): readonly ObjectRef[] {
  const inside = (ref: ObjectRef): boolean => namespace === undefined || ref.namespace === namespace;
  const routes = [
    ...snapshot.list('Ingress').map((o) => refTo('Ingress', o)),
    ...snapshot.list('HTTPRoute').map((o) => refTo('HTTPRoute', o)),
  ].filter(inside);
  return routes.length > 0
    ? routes
    : snapshot
        .list('Service')
        .filter(isEntry)
        .map((o) => refTo('Service', o))
        .filter(inside);
}

/** What runs a program of these names, by the names of its containers and images. */
function running(programs: RegExp): Role['players'] {
  return (snapshot, namespace) => {
    const pods = (namespace === undefined ? snapshot.list('Pod') : snapshot.listIn('Pod', namespace)).filter(
      (pod) => !isFinished(pod),
    );
    return distinct(
      pods
        .filter(({ spec }) =>
          spec.containers.some(({ name, image }) => programs.test(name) || programs.test(imageName(image))),
        )
        .map((pod) => workloadOf(snapshot, pod)),
    );
  };
}

const roles: readonly Role[] = [
  {
    words: /^(?:control ?-?plane|masters?)(?: components?| pods?)?$/i,
    players: (snapshot) =>
      components.flatMap((component) => controlPlanePods(snapshot, component)).map((pod) => refTo('Pod', pod)),
  },
  {
    words: /^(?:cluster |internal )?(?:dns|name service|name resolution)$/i,
    players: (snapshot) =>
      behind(
        snapshot,
        snapshot
          .list('Service')
          .filter(({ metadata }) => metadata.labels['k8s-app'] === 'kube-dns' || metadata.name === 'kube-dns'),
      ),
  },
  {
    words: /^(?:api ?-?server|kubernetes api|kube api)$/i,
    players: (snapshot) => controlPlanePods(snapshot, 'kube-apiserver').map((pod) => refTo('Pod', pod)),
  },
  {
    words: /^(?:scheduler)$/i,
    players: (snapshot) => controlPlanePods(snapshot, 'kube-scheduler').map((pod) => refTo('Pod', pod)),
  },
  {
    words: /^(?:web ?-?site|site|web ?-?pages?|home ?-?page|front ?-?page|front ?-?end|public url|entry ?-?points?)$/i,
    players: entryPoints,
  },
  {
    words: /^(?:databases?|dbs?)(?: servers?)?$/i,
    players: running(
      /\b(?:postgres(?:ql)?|mysql|mariadb|percona|mongo(?:db|d)?|cockroach(?:db)?|cassandra|mssql|oracle|clickhouse)\b/i,
    ),
  },
  { words: /^caches?(?: servers?)?$/i, players: running(/\b(?:redis|valkey|memcached|dragonfly|keydb)\b/i) },
  {
    words: /^(?:(?:message )?(?:queues?|brokers?)|message bus)$/i,
    players: running(/\b(?:kafka|rabbitmq|nats|activemq|artemis|pulsar|redpanda|mosquitto)\b/i),
  },
];

/** The objects that play a part which the words name: "the control plane", "dns", "the website". */
export function playersOf(snapshot: Snapshot, namespace: string | undefined, words: string): readonly ObjectRef[] {
  const text = words.trim().replace(/^(?:the|our|my|a)\s+/i, '');
  return roles.find((role) => role.words.test(text))?.players(snapshot, namespace) ?? [];
}
