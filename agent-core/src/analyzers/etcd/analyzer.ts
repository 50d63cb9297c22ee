import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromLog } from '../../evidence/finding.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { logLineTime, newestLogLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { readableLine } from '../../reading/output/readable-line.ts';
import { isRecent, recentWindow } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { noSpace, slow } from './codes.ts';

const fullWords = ['mvcc: database space exceeded', 'alarm:NOSPACE', 'alarm raised: NOSPACE'];
const slowWords = [
  'failed to send out heartbeat on time',
  'slow fdatasync',
  'etcdserver: request timed out',
  'etcdserver: leader changed',
];
const manyLines = 5;

interface Said {
  readonly object: ObjectRef;
  readonly evidence: Evidence;
  readonly time: number;
  /** When it was first said within the hour. */
  readonly first: number;
  readonly lines: number;
}

function freshLines(snapshot: Snapshot, log: ContainerLog, words: readonly string[]): readonly LogLine[] {
  return words
    .flatMap((w) => newestLogLines(log, w, 40))
    .filter((line) => {
      const time = logLineTime(line, snapshot.now);
      return time !== undefined && snapshot.now - time < recentWindow;
    });
}

function inLog(snapshot: Snapshot, log: ContainerLog, words: readonly string[]): Said[] {
  const pod = snapshot.get('Pod', log.namespace, log.pod);
  if (pod === undefined) return [];
  const lines = freshLines(snapshot, log, words);
  const sorted = lines.toSorted((a, b) => (logLineTime(b, snapshot.now) ?? 0) - (logLineTime(a, snapshot.now) ?? 0));
  const [newest] = sorted;
  if (newest === undefined) return [];
  const object = refTo('Pod', pod);
  const time = logLineTime(newest, snapshot.now) ?? 0;
  return [
    {
      object,
      evidence: fromLog(object, log.container, log.previous, newest.text, new Date(time).toISOString()),
      time,
      first: logLineTime(sorted.at(-1) ?? newest, snapshot.now) ?? time,
      lines: lines.length,
    },
  ];
}

/** The member that says so, else the one that can be seen, else who complains. */
function whichEtcd(snapshot: Snapshot, told: readonly Said[]): ObjectRef | undefined {
  const itself = told.find((s) => s.object.name.includes('etcd'));
  const [member] = controlPlanePods(snapshot, 'etcd');
  return itself?.object ?? (member === undefined ? told[0]?.object : refTo('Pod', member));
}

function checkSpace(snapshot: Snapshot): Finding[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.message.includes('database space exceeded') && isRecent(snapshot, e.last));
  const fromEvents = events.map((e): Said => {
    const evidence = fromEvent(e);
    return {
      object: evidence.object,
      evidence,
      time: Date.parse(e.last ?? ''),
      first: Date.parse(e.first ?? e.last ?? ''),
      lines: e.count,
    };
  });
  const told = [
    ...(snapshot.parts.logs ?? []).flatMap((log) => inLog(snapshot, log, fullWords)),
    ...fromEvents,
  ].toSorted((a, b) => b.time - a.time);
  const object = whichEtcd(snapshot, told);
  const [newest] = told;
  if (object === undefined || newest === undefined) return [];
  return [
    finding(noSpace, {
      object,
      cause: `etcd has reached its quota${told.some((s) => s.evidence.quote.includes('NOSPACE')) ? ', has raised the alarm NOSPACE' : ''} and refuses writes: ${said(withoutLogPrefix(readableLine(newest.evidence.quote).text))}.`,
      since: newest.evidence.time,
      evidence: told.slice(0, 3).map((s) => s.evidence),
    }),
  ];
}

function checkSlow(snapshot: Snapshot): Finding[] {
  const told = (snapshot.parts.logs ?? [])
    .filter((log) => log.namespace === 'kube-system' || log.pod.includes('etcd'))
    .flatMap((log) => inLog(snapshot, log, slowWords));
  const lines = told.reduce((sum, s) => sum + s.lines, 0);
  const [first] = told;
  const object = whichEtcd(snapshot, told);
  if (first === undefined || object === undefined || lines < manyLines) return [];
  return [
    finding(slow, {
      object,
      cause: `etcd answers slowly, as ${lines} log lines of the last hour say, the newest: ${said(withoutLogPrefix(readableLine(first.evidence.quote).text))}.`,
      confidence: 'medium',
      since: new Date(Math.min(...told.map((s) => s.first))).toISOString(),
      evidence: told.slice(0, 3).map((s) => s.evidence),
    }),
  ];
}

/** etcd as its logs, those of its clients, and events show it. */
export const etcd: Analyzer = {
  name: 'etcd',
  codes: [noSpace, slow],
  analyze: (snapshot) => [...checkSpace(snapshot), ...checkSlow(snapshot)],
};
