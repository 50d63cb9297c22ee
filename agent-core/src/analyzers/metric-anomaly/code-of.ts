import type { CodeEntry } from '@autodevops/domain/finding';
import type { Measure } from '../../reading/measures/measure.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { namingText } from '../../reading/measures/metric-name.ts';
import {
  collectorBusy,
  connectionsRose,
  contentionRose,
  cpuRose,
  cpuThrottled,
  diskRose,
  errorsRose,
  latencyRose,
  memoryRose,
  networkLosses,
  networkTraffic,
  saturationRose,
  storePressure,
} from './codes.ts';

const codes: Readonly<Partial<Record<MetricClass, CodeEntry>>> = {
  cpu: cpuRose,
  throttling: cpuThrottled,
  contention: contentionRose,
  memory: memoryRose,
  collection: collectorBusy,
  errors: errorsRose,
  latency: latencyRose,
  saturation: saturationRose,
  connections: connectionsRose,
  'disk-traffic': diskRose,
  'disk-busy': diskRose,
  'disk-use': diskRose,
  traffic: networkTraffic,
  'packet-loss': networkLosses,
  pressure: storePressure,
};

/** What is said when a measure of this kind rises. */
export function codeOf(kind: MetricClass): CodeEntry | undefined {
  return codes[kind];
}

const words: Readonly<Record<MetricClass, string>> = {
  cpu: 'CPU use',
  throttling: 'throttling',
  contention: 'time spent waiting for CPU, memory or disks',
  memory: 'memory use',
  collection: 'time spent collecting garbage',
  errors: 'error rate',
  latency: 'latency',
  requests: 'rate of requests',
  saturation: 'load',
  connections: 'number of open connections, files or threads',
  'disk-traffic': 'disk traffic',
  'disk-busy': 'waiting for disks',
  'disk-use': 'disk space in use',
  traffic: 'network traffic',
  'packet-loss': 'number of lost packets',
  pressure: 'rate of evictions, misses or slow queries',
  restarts: 'restarts',
  other: '',
};

/** What it is in particular, by words in the metric's name; the first that fits. */
const inParticular: Readonly<Partial<Record<MetricClass, readonly (readonly [RegExp, string])[]>>> = {
  pressure: [
    [/tx_duration|transaction/, 'duration of the longest transaction'],
    [/evict/, 'rate of evictions'],
    [/miss/, 'rate of cache misses'],
    [/deadlock/, 'rate of deadlocks'],
    [/lock/, 'waiting for locks'],
    [/slow/, 'number of slow queries'],
    [/blocked/, 'number of blocked clients'],
  ],
  saturation: [
    [/lag/, 'number of messages that are not fetched yet'],
    [/pending/, 'number of those that wait'],
    [/in_?flight/, 'number of requests in flight'],
    [/queue|backlog/, 'number of what waits in a queue'],
    [/pool/, 'use of its pool'],
    [/utili[sz]ation/, 'utilisation'],
  ],
  connections: [
    [/connect|stat_activity|session|clients/, 'number of connections'],
    [/thread/, 'number of threads in use'],
    [/goroutine/, 'number of goroutines'],
    [/fds|files|descriptor/, 'number of open files'],
    [/socket/, 'number of open sockets'],
  ],
};

/** "latency (95th percentile)". */
export function wordsFor({ kind, derived, series }: Pick<Measure, 'kind' | 'derived' | 'series'>): string {
  const text = namingText(series);
  const said = inParticular[kind]?.find(([pattern]) => pattern.test(text))?.[1] ?? words[kind];
  return derived === '' ? said : `${said} (${derived})`;
}
