import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Alert, Series } from '@autodevops/domain/signal';
import type { BundleManifest } from './bundle-manifest.ts';
import { readManifest } from './bundle-manifest.ts';
import type { Limits } from './limits.ts';
import { sectionWatcher } from './logs/dump-section.ts';
import type { LogFile, LogIndex } from './logs/log-index.ts';
import { indexLogs } from './logs/log-index.ts';
import { isLogFile } from './logs/log-name.ts';
import type { LogName } from './logs/log-name.ts';
import { placeOf } from './objects/place.ts';
import { readObjectFile } from './objects/read-object-file.ts';
import { newReading, noteProblem } from './objects/reading.ts';
import type { Reading } from './objects/reading.ts';
import { breather } from './parse/breathe.ts';
import { decodeText } from './parse/decode-text.ts';
import { isPrintedByKubectl } from './parse/printed-by-kubectl.ts';
import { isNeverObjects } from './parse/sniff.ts';
import { readAlerts, readSeries } from './read-signals.ts';
import type { BundleFile, BundleSource, WalkOptions } from './source/bundle-source.ts';
import { gunzip } from './source/decompress.ts';
import { shown } from './source/refuse.ts';

/** Everything in a bundle but the text of its logs. */
export interface LoadedBundle {
  readonly reading: Reading;
  readonly manifest: BundleManifest | undefined;
  readonly alerts: readonly Alert[];
  readonly series: readonly Series[];
  readonly logs: LogIndex;
  readonly logFiles: readonly LogFile[];
  readonly notes: readonly string[];
  /** The newest time that a file was written, in milliseconds; 0 when not known. */
  readonly modified: number;
}

/** Alerts and metrics are parsed whole, so they may not be as large as objects, which are read piece by piece. */
const largestSignal = 32 * 2 ** 20;
const mostNamed = 3;
/** Where a must-gather keeps what Prometheus said of its rules, with the alerts that fire. */
const gatheredRules = /(?:^|\/)monitoring\/prometheus\/rules\.json$/;

interface Loading {
  readonly reading: Reading;
  readonly alerts: Alert[];
  readonly series: Series[];
  readonly logFiles: LogFile[];
  readonly notes: string[];
  /** Paths of files with what kubectl prints for people. */
  readonly printed: string[];
  readonly breathe: () => Promise<void> | undefined;
  manifest: { readonly value: BundleManifest; readonly depth: number } | undefined;
  modified: number;
}

async function wholeText(file: BundleFile, limit: number): Promise<string | undefined> {
  const parts: string[] = [];
  let length = 0;
  for await (const text of decodeText(file.body())) {
    length += text.length;
    if (length > limit) return undefined;
    parts.push(text);
  }
  return parts.join('');
}

/** The parsed JSON of a small file; undefined (with a note) when it is none or too large. */
async function wholeJson(file: BundleFile, loading: Loading): Promise<unknown> {
  const text = await wholeText(file, largestSignal);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    loading.notes.push(`${shown(file.path)} does not parse as JSON`);
    return undefined;
  }
}

async function loadManifest(file: BundleFile, loading: Loading): Promise<void> {
  const value = readManifest(await wholeJson(file, loading));
  const depth = file.path.split('/').length;
  if (value !== undefined && (loading.manifest === undefined || depth < loading.manifest.depth)) {
    loading.manifest = { value, depth };
  }
}

/** What is meant for people is for people: its columns change, its texts are cut. */
function printedNote(printed: readonly string[]): string[] {
  if (printed.length === 0) return [];
  const names = printed.slice(0, mostNamed).map(shown).join(', ');
  const rest = printed.length > mostNamed ? ` and ${printed.length - mostNamed} more` : '';
  return [
    `${printed.length === 1 ? 'the file' : 'the files'} ${names}${rest} ${printed.length === 1 ? 'holds' : 'hold'} what kubectl prints for people (describe, tables), which is not read: "-o yaml" or "-o json" of the same is`,
  ];
}

async function loadObjects(file: BundleFile, loading: Loading): Promise<boolean> {
  const sections: LogName[] = [];
  const onText = sectionWatcher((name) => sections.push(name));
  const { breathe, reading } = loading;
  const ending = { cut: false };
  const body = /\.gz$/i.test(file.path) ? gunzip(file.body(), reading.limits, ending) : file.body();
  const onOther = (head: string): void => {
    if (isPrintedByKubectl(head)) loading.printed.push(file.path);
  };
  const read = await readObjectFile({ place: placeOf(file.path), body, breathe, onText, onOther }, reading);
  if (ending.cut) {
    noteProblem(reading, { path: file.path, line: 0, reason: 'the compressed file is damaged or cut off' }, undefined);
  }
  if (sections.length > 0) loading.logFiles.push({ path: file.path, sections });
  return read;
}

/** A `logs.txt` of a dump says inside whose log it is; any other log by its path. */
async function loadLogNames(file: BundleFile, loading: Loading): Promise<void> {
  const sections: LogName[] = [];
  if (/(?:^|\/)logs\.txt$/.test(file.path)) {
    const watch = sectionWatcher((name) => sections.push(name));
    let partial = '';
    for await (const text of decodeText(file.body())) {
      const lines = (partial + text).split('\n');
      partial = (lines.pop() ?? '').slice(0, 4096);
      for (const line of lines) if (line.startsWith('====')) watch(line);
      await loading.breathe();
    }
  }
  loading.logFiles.push({ path: file.path, sections });
}

async function loadFile(file: BundleFile, loading: Loading): Promise<void> {
  loading.modified = Math.max(loading.modified, file.modified);
  const [name = '', folder = ''] = file.path.split('/').toReversed();
  if (name.startsWith('._') || file.size === 0) return;
  if (name === 'bundle.json') return loadManifest(file, loading);
  if (name === 'alerts.json' || gatheredRules.test(file.path)) {
    loading.alerts.push(...readAlerts(await wholeJson(file, loading)));
    return;
  }
  if (folder === 'metrics' && name.endsWith('.json')) {
    loading.series.push(...readSeries(await wholeJson(file, loading), name.replace(/\.json$/, '')));
    return;
  }
  if (/\.(?:tar|tgz|tar\.gz|zip)$/i.test(name)) {
    loading.notes.push(`${shown(file.path)} is an archive in the bundle and was not opened`);
    return;
  }
  if (name === 'logs.txt' || /\.log$/i.test(name)) {
    if (isLogFile(file.path)) await loadLogNames(file, loading);
    return;
  }
  if (isNeverObjects(file.path)) return;
  const read = await loadObjects(file, loading);
  if (!read && isLogFile(file.path) && loading.printed.at(-1) !== file.path) {
    loading.logFiles.push({ path: file.path, sections: [] });
  }
}

/** Walks a bundle once. Memory holds the projected objects and the names of the logs, whatever the bundle's size. */
export async function loadBundle(
  source: BundleSource,
  options: WalkOptions & { readonly limits: Limits },
): Promise<LoadedBundle> {
  const reading = newReading(options.limits);
  const loading: Loading = {
    reading,
    alerts: [],
    series: [],
    logFiles: [],
    notes: [],
    printed: [],
    breathe: breather(options.signal),
    manifest: undefined,
    modified: 0,
  };
  const report = await source.walk((file) => loadFile(file, loading), options);
  if (report.cut) reading.seen.allDamaged = true;
  const pods = (reading.store.byKind.get('Pod')?.values() ?? []) as Iterable<Pod>;
  return {
    reading,
    manifest: loading.manifest?.value,
    alerts: loading.alerts,
    series: loading.series,
    logs: indexLogs(loading.logFiles, pods),
    logFiles: loading.logFiles,
    notes: [...report.notes, ...loading.notes, ...printedNote(loading.printed)],
    modified: loading.modified,
  };
}
