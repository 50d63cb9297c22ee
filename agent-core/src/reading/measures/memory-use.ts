import type { Series } from '@autodevops/domain/signal';
import { metricName } from './metric-name.ts';

function containerKey({ labels }: Series): string {
  return [
    labels['namespace'] ?? '',
    labels['pod'] ?? labels['pod_name'] ?? '',
    labels['container'] ?? labels['container_name'] ?? '',
  ].join('/');
}

function names(series: Series, metric: string): boolean {
  return `${metricName(series)} ${series.query}`.includes(metric);
}

/**
 * Without `container_memory_usage_bytes` of containers whose working set is there, too: usage counts the page cache, which
 * grows with every file that is read and is given back when memory is short.
 */
export function withoutPageCache(all: readonly Series[]): readonly Series[] {
  const known = new Set(all.filter((series) => names(series, 'container_memory_working_set_bytes')).map(containerKey));
  return known.size === 0
    ? all
    : all.filter((series) => !names(series, 'container_memory_usage_bytes') || !known.has(containerKey(series)));
}
