import { formatBytes, formatCores } from '@autodevops/domain/quantity';
import type { MetricClass } from '../../reading/metric-class.ts';

/** Values of a share: up to 1, or up to 100 where the name says percent. */
function isPercent(name: string): boolean {
  return /percent|pct|utili[sz]ation|ratio|%/.test(name.toLowerCase());
}

/** How many times the level before a rise must be reached. */
const factors: Readonly<Record<MetricClass, number>> = { cpu: 2, memory: 1.6, errors: 3, latency: 2, restarts: 2, saturation: 3, other: Infinity };

const tests: Readonly<Record<MetricClass, (before: number, after: number, name: string) => boolean>> = {
  cpu: (before, after, name) => (isPercent(name) ? (after <= 1 ? after >= 0.6 : after >= 60) : after > 4 ? after >= 60 : after - before >= 0.25),
  memory: (before, after, name) => (after <= 1 ? after >= 0.8 : isPercent(name) && after <= 100 ? after >= 80 : after - before >= 100 * 2 ** 20),
  // A share of one percent, or one failure in twenty seconds.
  errors: (before, after, name) => (/rate|ratio|percent|%/.test(name.toLowerCase()) && !name.includes('rate(') ? after - before >= 0.01 : after - before >= 0.05),
  // Seconds while they look like seconds, else milliseconds.
  latency: (before, after, name) => (/_ms|millis/.test(name.toLowerCase()) || after > 60 ? after - before >= 100 : after - before >= 0.1),
  restarts: () => false,
  saturation: (before, after, name) => (after <= 1 ? after >= 0.8 : isPercent(name) && after <= 100 ? after >= 80 : after - before >= 10),
  other: () => false,
};

/** Large enough to matter to anyone, whatever the statistics say. */
export function matters(kind: MetricClass, name: string, level: { readonly before: number; readonly after: number }): boolean {
  const { before, after } = level;
  return after >= before * factors[kind] && tests[kind](before, after, name);
}

function plain(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** A value as people write it: bytes, cores, else a plain number. */
export function shown(kind: MetricClass, name: string, value: number): string {
  if (kind === 'memory' && value > 2 ** 20) return formatBytes(value);
  if (kind === 'cpu' && !isPercent(name) && value < 1000) return formatCores(value);
  if (kind === 'latency' && /seconds/.test(name)) return `${plain(value)} s`;
  return plain(value);
}
