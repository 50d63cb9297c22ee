import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Series } from '@autodevops/domain/signal';
import { formatBytes } from '@autodevops/domain/quantity';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { growClaim } from '../../evidence/claim-growth.ts';
import { fromSeries } from '../../evidence/metric-evidence.ts';
import { labelledObject } from '../../reading/measures/labelled-object.ts';
import { measuredNode } from '../../reading/measures/measured-node.ts';
import { metricName } from '../../reading/measures/metric-name.ts';
import { isPresent, rawPoints } from '../../reading/measures/series-values.ts';
import { diskNearlyFull, volumeNearlyFull } from './codes.ts';

const full = 0.9;

interface Fill {
  readonly series: Series;
  readonly ratio: number;
  readonly numbers: string;
}

function last(snapshot: Snapshot, series: Series | undefined): number | undefined {
  if (series === undefined) return undefined;
  const points = rawPoints(series);
  return isPresent(snapshot, points) ? points.values.at(-1) : undefined;
}

function keyOf(series: Series, labels: readonly string[]): string {
  return labels.map((label) => series.labels[label] ?? '').join('|');
}

/** Pairs of two metrics with the same labels, as a ratio. */
function pairs(
  snapshot: Snapshot,
  names: { part: string; whole: string; by: readonly string[] },
  free: boolean,
): Fill[] {
  const named = (name: string): readonly Series[] => snapshot.series.filter((s) => metricName(s) === name);
  const wholes = new Map(named(names.whole).map((s) => [keyOf(s, names.by), s]));
  return named(names.part).flatMap((series) => {
    const part = last(snapshot, series);
    const whole = last(snapshot, wholes.get(keyOf(series, names.by)));
    if (part === undefined || whole === undefined || whole <= 0) return [];
    const used = free ? whole - part : part;
    const show = names.part.includes('bytes') ? formatBytes : (n: number): string => String(Math.round(n));
    return [
      {
        series,
        ratio: used / whole,
        numbers: `${show(used)} of ${show(whole)} used (${Math.round((used / whole) * 100)} %)`,
      },
    ];
  });
}

/** A query that divides already: values from 0 to 1, or to 100. */
function ratios(snapshot: Snapshot): Fill[] {
  return snapshot.series.flatMap((series) => {
    const text = `${metricName(series)} ${series.query}`.toLowerCase();
    const isUsage =
      (text.includes('kubelet_volume_stats_used') && text.includes('/')) ||
      (series.labels['persistentvolumeclaim'] !== undefined &&
        /usage|used|fill|percent|ratio/.test(text) &&
        !/bytes|inodes/.test(metricName(series)));
    const value = isUsage ? last(snapshot, series) : undefined;
    if (value === undefined || value < 0 || value > 100) return [];
    const ratio = value <= 1 ? value : value / 100;
    return [{ series, ratio, numbers: `${Math.round(ratio * 100)} % used` }];
  });
}

function toFinding(code: CodeEntry, fill: Fill, object: ObjectRef, what: string): Finding {
  return finding(code, {
    object,
    severity: fill.ratio >= 0.98 ? 'critical' : 'warning',
    cause: `${what} is ${fill.ratio >= 0.995 ? 'full' : 'nearly full'}: ${fill.numbers}.`,
    evidence: [fromSeries(fill.series, object, fill.numbers)],
    facet: fill.series.labels['mountpoint'] ?? '',
  });
}

function checkVolumes(snapshot: Snapshot): Finding[] {
  const by = ['namespace', 'persistentvolumeclaim'];
  const fills = [
    ...pairs(
      snapshot,
      { part: 'kubelet_volume_stats_used_bytes', whole: 'kubelet_volume_stats_capacity_bytes', by },
      false,
    ),
    ...pairs(
      snapshot,
      { part: 'kubelet_volume_stats_available_bytes', whole: 'kubelet_volume_stats_capacity_bytes', by },
      true,
    ),
    ...pairs(snapshot, { part: 'kubelet_volume_stats_inodes_used', whole: 'kubelet_volume_stats_inodes', by }, false),
    ...ratios(snapshot),
  ];
  const found = new Map<string, Finding>();
  for (const fill of fills.filter((f) => f.ratio >= full).toSorted((a, b) => b.ratio - a.ratio)) {
    const object = labelledObject(snapshot, fill.series.labels);
    if (object?.kind !== 'PersistentVolumeClaim' || found.has(refText(object))) continue;
    const full = toFinding(volumeNearlyFull, fill, object, `The volume of ${refText(object)}`);
    found.set(refText(object), { ...full, changes: growClaim(snapshot, object.namespace, object.name) });
  }
  return [...found.values()];
}

/** File systems that are full by nature, small or not on a disk. */
const unreal = new Set([
  'tmpfs',
  'overlay',
  'squashfs',
  'iso9660',
  'ramfs',
  'erofs',
  'devtmpfs',
  'fuse.lxcfs',
  'nsfs',
  'autofs',
]);

function checkDisks(snapshot: Snapshot): Finding[] {
  const by = ['instance', 'node', 'device', 'mountpoint', 'fstype'];
  const fills = pairs(snapshot, { part: 'node_filesystem_avail_bytes', whole: 'node_filesystem_size_bytes', by }, true);
  const found = new Map<string, Finding>();
  for (const fill of fills.filter((f) => f.ratio >= full).toSorted((a, b) => b.ratio - a.ratio)) {
    const { fstype = '', mountpoint = '', device = '' } = fill.series.labels;
    if (
      unreal.has(fstype) ||
      mountpoint.startsWith('/boot') ||
      mountpoint.startsWith('/snap') ||
      mountpoint.startsWith('/var/lib/kubelet/pods')
    ) {
      continue;
    }
    const object = measuredNode(snapshot, fill.series);
    const key = `${object === undefined ? '' : refText(object)}|${device}`;
    if (object !== undefined && !found.has(key)) {
      found.set(key, toFinding(diskNearlyFull, fill, object, `File system ${mountpoint} of ${refText(object)}`));
    }
  }
  return [...found.values()];
}

/** Volumes and disks that are nearly full. */
export function checkFilling(snapshot: Snapshot): Finding[] {
  return [...checkVolumes(snapshot), ...checkDisks(snapshot)];
}
