import { formatBytes, formatCores } from '@autodevops/domain/quantity';
import type { Series } from '@autodevops/domain/signal';
import { isCounter, isRated } from './metric-class.ts';
import { namingText } from './metric-name.ts';
import type { MetricClass } from './metric-class.ts';

/** In what a measure is counted; `unknown` where its name does not tell. */
export type Unit =
  | 'cores'
  | 'bytes'
  | 'bytes per second'
  | 'seconds'
  | 'milliseconds'
  | 'share'
  | 'percent'
  | 'per second'
  | 'count'
  | 'unknown';

/** Divided already, or called a part of something. */
function isShare(name: string): boolean {
  return /\)\s*\/\s*\(?\s*\w|utili[sz]ation|(?:^|[_\W])ratio|share|fraction/.test(name);
}

function shareUnit(name: string, highest: number): Unit {
  return /percent|pct|%/.test(name) || highest > 1.5 ? 'percent' : 'share';
}

function timeUnit(name: string): Unit {
  if (/\/\s*1000\b/.test(name)) return 'seconds';
  if (/millis|_ms(?:_|\b)/.test(name)) return 'milliseconds';
  return /seconds/.test(name) ? 'seconds' : 'unknown';
}

function cpuUnit(name: string): Unit {
  return /process_cpu_usage|system_cpu_usage|node_cpu/.test(name)
    ? 'share'
    : /seconds|cores|millicores/.test(name)
      ? 'cores'
      : 'unknown';
}

/** The unit of what a rule looks at: of a counter its rate. `highest` is the greatest of the values. */
export function unitOf(series: Series, kind: MetricClass, highest: number): Unit {
  const name = namingText(series);
  if (kind === 'latency') return timeUnit(name);
  if (/per_sec(?:ond)?(?:_|\b)/.test(name) && !/bytes/.test(name)) return 'per second';
  if (isShare(name) || /percent|pct|%/.test(name) || (kind === 'errors' && /rate\b(?!\()/.test(name))) {
    return shareUnit(name, highest);
  }
  if (kind === 'cpu') return cpuUnit(name);
  if (kind === 'disk-busy' || kind === 'contention') return 'share';
  // Seconds in each second.
  if (kind === 'collection') {
    return (isCounter(series) || isRated(series)) && /seconds/.test(name) ? 'share' : timeUnit(name);
  }
  if (kind === 'pressure' && /duration/.test(name)) return 'seconds';
  if (kind === 'memory' || kind === 'disk-use') return highest > 1e5 ? 'bytes' : highest <= 1 ? 'share' : 'unknown';
  if (kind === 'saturation' || kind === 'connections') return 'count';
  if (!isCounter(series) && !isRated(series)) return 'unknown';
  return /bytes/.test(name) ? 'bytes per second' : 'per second';
}

function plain(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A value as people write it. */
export function shown(value: number, unit: Unit): string {
  switch (unit) {
    case 'cores':
      return value < 1 ? formatCores(value) : `${formatCores(value)} cores`;
    case 'bytes':
      return formatBytes(Math.round(value));
    case 'bytes per second':
      return `${formatBytes(Math.round(value))}/s`;
    case 'seconds':
      return value < 1 ? `${plain(value * 1000)} ms` : `${plain(value)} s`;
    case 'milliseconds':
      return value < 1000 ? `${plain(value)} ms` : `${plain(value / 1000)} s`;
    case 'share':
      return `${plain(value * 100)} %`;
    case 'percent':
      return `${plain(value)} %`;
    case 'per second':
      return `${plain(value)}/s`;
    case 'count':
    case 'unknown':
      return plain(value);
  }
}
