import type { CodeEntry } from '@autodevops/domain/finding';
import type { Measure } from '../../reading/measures/measure.ts';
import type { MetricClass } from '../../reading/measures/metric-class.ts';
import { connectionsRose, cpuRose, cpuThrottled, diskRose, errorsRose, latencyRose, memoryRose, networkLosses, networkTraffic, saturationRose, storePressure } from './codes.ts';

const codes: Readonly<Partial<Record<MetricClass, CodeEntry>>> = {
  cpu: cpuRose, throttling: cpuThrottled, memory: memoryRose, errors: errorsRose, latency: latencyRose, saturation: saturationRose, connections: connectionsRose,
  'disk-traffic': diskRose, 'disk-busy': diskRose, 'disk-use': diskRose, traffic: networkTraffic, 'packet-loss': networkLosses, pressure: storePressure,
};

/** What is said when a measure of this kind rises. */
export function codeOf(kind: MetricClass): CodeEntry | undefined {
  return codes[kind];
}

const words: Readonly<Record<MetricClass, string>> = {
  cpu: 'CPU use', throttling: 'throttling', memory: 'memory use', errors: 'error rate', latency: 'latency', requests: 'rate of requests', saturation: 'load', connections: 'number of open connections, files or threads',
  'disk-traffic': 'disk traffic', 'disk-busy': 'waiting for disks', 'disk-use': 'disk space in use', traffic: 'network traffic', 'packet-loss': 'number of lost packets', pressure: 'rate of evictions, misses or slow queries', restarts: 'restarts', other: '',
};

/** "latency (95th percentile)". */
export function wordsFor({ kind, derived }: Pick<Measure, 'kind' | 'derived'>): string {
  return derived === '' ? words[kind] : `${words[kind]} (${derived})`;
}
