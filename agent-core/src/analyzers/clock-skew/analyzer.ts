import type { Finding } from '@autodevops/domain/finding';
import type { Lease } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromLog, fromStatus } from '../../evidence/finding.ts';
import { logLineTime, newestLogLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { isRecent, recentWindow } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { nodeAhead, nodeOff, reportedSkew } from './codes.ts';
import { checkOffsets } from './measured-clock.ts';

const tolerated = 60_000;

function renewed(lease: Lease): number {
  return Date.parse(lease.spec.renewTime ?? '');
}

/** Against the snapshot's clock and against the other nodes: where all are ahead, it is the snapshot's clock that is behind. */
function checkNodes(snapshot: Snapshot): Finding[] {
  const leases = snapshot.listIn('Lease', 'kube-node-lease').filter((l) => !Number.isNaN(renewed(l)));
  const others = leases.filter((l) => renewed(l) <= snapshot.now + tolerated);
  const newest = Math.max(...others.map(renewed));
  // A lease that is behind by more than this says nothing of the present.
  if (others.length === 0 || snapshot.now - newest > 10 * tolerated) return [];
  return leases.flatMap((lease) => {
    const ahead = renewed(lease) - snapshot.now;
    // Read in one list: what is not ahead of the others too is only ahead of the clock of whoever looks.
    if (ahead <= tolerated || renewed(lease) - newest <= tolerated) return [];
    const { name } = lease.metadata;
    const cause = `The clock of node "${name}" is about ${formatDuration(renewed(lease) - newest)} ahead of the others: its lease was renewed in the future.`;
    const evidence = [
      fromStatus(
        refTo('Lease', lease),
        'spec.renewTime',
        `renewTime: ${lease.spec.renewTime}`,
        lease.spec.renewTime ?? '',
      ),
    ];
    return finding(nodeAhead, {
      object: refByName('Node', '', name),
      cause,
      confidence: others.length > 1 ? 'high' : 'medium',
      evidence,
    });
  });
}

const wordings = [
  'clock difference against peer',
  'high clock drift',
  'clock skew',
  'clock drift',
  'used before issued',
];

/** What anybody with a wrong clock or an old token outside may cause, too: it counts where a clock here is known to be wrong. */
const tokenWordings = [
  'not valid yet',
  'not yet valid',
  'token used before',
  'Token used before',
  'Jwt used before',
  'JWT used before',
  'jwt not active',
  'nbf',
  'issued in the future',
  'ImmatureSignature',
  'RequestTimeTooSkewed',
];

function checkLogs(snapshot: Snapshot, off: readonly Finding[]): Finding[] {
  const told = off.length === 0 ? wordings : [...wordings, ...tokenWordings];
  const because = off.map(({ object, code }) => ({ object, codes: [code] }));
  return (snapshot.parts.logs ?? []).flatMap((log) => {
    const pod = snapshot.get('Pod', log.namespace, log.pod);
    if (pod === undefined || log.previous) return [];
    const fresh = (line: LogLine): boolean => {
      const time = logLineTime(line, snapshot.now);
      return time !== undefined && snapshot.now - time < recentWindow;
    };
    const lines = told.flatMap((words) => newestLogLines(log, words, 20)).filter(fresh);
    const [line] = lines;
    // One line is a hiccup at start.
    if (line === undefined || lines.length < 3) return [];
    const ref = refTo('Pod', pod);
    const cause = `Pod ${log.namespace}/${log.pod} says that clocks differ: ${said(line.text)}.`;
    return finding(reportedSkew, {
      object: ref,
      cause,
      confidence: 'medium',
      evidence: [fromLog(ref, log.container, false, line.text, line.time)],
      because,
      facet: log.container,
    });
  });
}

function checkEvents(snapshot: Snapshot): Finding[] {
  const told = snapshot.list('Event').filter((e) => {
    // The CronJob controller only names clock skew among what to check.
    if (
      e.type !== 'Warning' ||
      e.reason === 'TooManyMissedTimes' ||
      e.message.includes('too many missed start times')
    ) {
      return false;
    }
    const lower = e.message.toLowerCase();
    return wordings.some((words) => lower.includes(words)) && isRecent(snapshot, e.last);
  });
  const event = told.toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? ''))[0];
  if (event === undefined) return [];
  const evidence = fromEvent(event);
  return [
    finding(reportedSkew, {
      object: evidence.object,
      cause: `An event says that clocks differ: ${said(event.message)}.`,
      confidence: 'medium',
      since: event.first ?? '',
      evidence: [evidence],
    }),
  ];
}

function nodesOff(snapshot: Snapshot): readonly Finding[] {
  return [...checkNodes(snapshot), ...checkOffsets(snapshot)];
}

/** What logs say of clocks and tokens, where a node's clock is known to be wrong: the cluster confirms it. */
export function confirmedSkew(snapshot: Snapshot): readonly Finding[] {
  const off = nodesOff(snapshot);
  return off.length === 0 ? [] : checkLogs(snapshot, off);
}

/** Clocks that disagree. */
export const clockSkew: Analyzer = {
  name: 'clock-skew',
  codes: [nodeAhead, nodeOff, reportedSkew],
  analyze: (snapshot) => {
    const off = nodesOff(snapshot);
    return [...off, ...checkLogs(snapshot, off), ...checkEvents(snapshot)];
  },
};
