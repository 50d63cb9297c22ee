import { fileURLToPath } from 'node:url';
import { readFixture } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { diagnoseSnapshot } from '../../jamie/diagnose.ts';
import { readObjectQuery } from './read-object-query.ts';

const { snapshot } = readFixture(fileURLToPath(new URL('../testing/shop.yaml', import.meta.url)));
const context = { snapshot, diagnosis: diagnoseSnapshot(snapshot), namespace: undefined };

function read(text: string): string | undefined {
  const query = readObjectQuery(text, context);
  if (query === undefined) return undefined;
  const { measure, field, kinds, conditions, grouping, place, ordering, columns = [], unread } = query;
  const parts = [
    measure,
    field?.said ?? '',
    kinds.join('+'),
    ...conditions.map(({ said }) => said),
    grouping === undefined ? '' : `by ${grouping.said}`,
    place?.said ?? '',
    place === undefined && ordering !== undefined ? `in order: ${ordering.said}` : '',
    columns.length === 0 ? '' : `told: ${columns.map(({ said }) => said).join(', ')}`,
    unread === '' ? '' : `unread: ${unread}`,
  ];
  return parts.filter((part) => part !== '').join(' | ');
}

describe('a question for objects', () => {
  it.each([
    [
      'deployments with less than 2 replicas and no limits',
      'which | Deployment | with fewer than 2 replicas | with no limits',
    ],
    ['which pods on node-a are not ready', 'which | Pod | on Node node-a | not ready'],
    [
      'are there crashing pods in shop with more than 3 restarts',
      'whether | Pod | crashing | in shop | with more than 3 restarts',
    ],
    ['which pods restarted more than twice', 'which | Pod | with more than 2 restarts'],
    ['pods that are pending or crashing', 'which | Pod | pending or crashing'],
    ['pods not on node-b and not running', 'which | Pod | not on Node node-b | not running'],
    ['which pods use shop/web and have no memory limit', 'which | Pod | with image shop/web | with no memory limit'],
    ['pods older than 30 days', 'which | Pod | older than 30 days'],
    ['deployments created today', 'which | Deployment | made today (UTC)'],
    ['services with pods on node-a', 'which | Service | tied to a Pod on Node node-a'],
    ['which deployments have no service', 'which | Deployment | without a Service'],
    ['config maps used by pods on node-a', 'which | ConfigMap | tied to a Pod on Node node-a'],
    ['which pvc belongs to db', 'which | PersistentVolumeClaim | tied to StatefulSet shop/db'],
    ['how many pods per node', 'how many | Pod | by Node'],
    ['pods by namespace and status', 'which | Pod | by namespace and state'],
    ['what percentage of pods is not ready', 'share | Pod | not ready'],
    ['ratio of ready to total pods', 'share | Pod | running and ready'],
    ['total memory requested by namespace', 'total | memory request | Pod | by namespace'],
    ['sum of cpu requests in shop', 'total | CPU request | Pod | in shop'],
    ['how much memory does shop request in total', 'total | memory request | Pod | in shop'],
    ['second newest pod', 'which | Pod | second newest'],
    ['the 3 oldest pods in shop', 'which | Pod | in shop | 3 oldest'],
    ['which pods have MOTTO from a config map', 'which | Pod | with variable MOTTO from a ConfigMap'],
    ['how do I find pods that are stuck in CrashLoopBackOff', 'which | Pod | in CrashLoopBackOff'],
    ['pods w/o a memory limit', 'which | Pod | with no memory limit'],
    ['are there any evictions', 'whether | Pod | evicted'],
    ['do we have pods without liveness probes', 'whether | Pod | with no liveness probe'],
    ['is anything running as root', 'whether | Pod | with a container that may run as root'],
    ['what listens on port 80', 'which | Service+Deployment+StatefulSet+DaemonSet | with the port 80'],
    ['which pods does the db service select', 'which | Pod | tied to Service shop/db'],
    ['pods neither ready nor pending', 'which | Pod | not ready | not pending'],
    ['which nodes are cordoned', 'which | Node | cordoned'],
    ['which namespaces have no quota', 'which | Namespace | without a ResourceQuota'],
    ['namespaces with a network policy', 'which | Namespace | with a NetworkPolicy'],
    ['which deployments are rolled out', 'which | Deployment | rolled out'],
    ['cron jobs that failed', 'which | CronJob | failed'],
    ['do my pods have a memory limit', 'all | Pod | with a memory limit'],
    ['nodes that take new pods', 'which | Node | open to ordinary pods'],
    ['which rollouts are stuck', 'which | Deployment | with an unfinished rollout'],
    ['which services are reachable from outside', 'which | Service | reachable from outside'],
    ['jobs with failed pods', 'which | Job | tied to a Pod that is failed'],
    ['pods without restarts', 'which | Pod | without a restart'],
    [
      'which workloads have a memory limit of 1 gigabyte or more',
      'which | Deployment+StatefulSet+DaemonSet | with a memory limit at least 1 gigabyte',
    ],
    ['pods created before november 14', 'which | Pod | made before 2025-11-14 (UTC)'],
    ['which namespace requests the most memory', 'total | memory request | Pod | by namespace'],
    ['which pod was restarted the most', 'which | Pod | top 1'],
    ['which pod has the highest memory limit', 'which | Pod | highest memory limit'],
    [
      'which workload in shop has the fewest replicas',
      'which | Deployment+StatefulSet+DaemonSet | in shop | fewest replica',
    ],
    ['pod with the most restarts that is not ready', 'which | Pod | not ready | most restart'],
    ['which node has the most pods', 'how many | Pod | by Node | most Pods'],
    ['which namespace has the fewest services', 'how many | Service | by namespace | fewest Services'],
    ['list pods by age', 'which | Pod | in order: creation time'],
    ['list services with their cluster ips', 'which | Service | told: cluster IP'],
    ['list', undefined],
    ['the web deployment', undefined],
    ['what is a pod', undefined],
    ['list the containers of db-0', undefined],
    ['show the events', undefined],
    ['which images have no digest', undefined],
    ['why is web failing', undefined],
    ['scale web to 5', undefined],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });
});

describe('a question that was made to take long', () => {
  it.each([
    'pods',
    'services with pods',
    'pods without a service',
    'not',
    'with no',
    'more than 3',
    'in shop and',
    'or',
  ])('does not hold up its reader: %s', (words) => {
    expect(() => readObjectQuery(`which pods ${`${words} `.repeat(200).slice(0, 380)}`, context)).not.toThrow();
  });
});

describe('words that are not understood', () => {
  it.each([
    ['pods on node-a that dance', 'dance'],
    ['deployments with more than 3 elephants and no limits', 'more than 3 elephants'],
    ['how many pods not ready per galaxy', 'per galaxy'],
    ['which ingress hosts exist', 'hosts exist'],
    ['which node has the most sugar', 'most sugar'],
    ['pods created after the storm', 'created after the storm'],
  ])('%s', (text, unread) => {
    expect(readObjectQuery(text, context)?.unread).toContain(unread);
  });
});
