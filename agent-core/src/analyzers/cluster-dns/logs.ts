import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import { nodeProxies } from '../../evidence/node-proxies.ts';
import { logLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';
import { apiUnreachable, configInvalid, loop, upstreamTimeout } from './codes.ts';
import type { ClusterDns } from './dns-workload.ts';

interface Line extends LogLine {
  readonly container: string;
}

function linesOf(snapshot: Snapshot, pod: Pod): readonly Line[] {
  return pod.spec.containers.flatMap((c) =>
    logLines(snapshot, pod, c.name, isReady(pod) ? 'current' : 'previous-first').map((l) => ({
      ...l,
      container: c.name,
    })),
  );
}

const parseErrors = [
  'Error during parsing',
  'Unknown directive',
  'Wrong argument count or unexpected line ending',
  'Unexpected token',
  'Unexpected EOF',
  'reload failed',
  'Restart failed',
];

function isParseError({ text }: Line): boolean {
  return text.includes('Corefile') && parseErrors.some((error) => text.includes(error));
}

function isUnreachableApi({ text }: Line): boolean {
  const about = text.includes('plugin/kubernetes') || text.includes('client-go') || text.includes('reflector.go');
  return (
    about &&
    ['i/o timeout', 'connection refused', 'no route to host', 'network is unreachable', 'TLS handshake timeout'].some(
      (e) => text.includes(e),
    )
  );
}

function said(pod: Pod, line: Line) {
  return fromLog(refTo('Pod', pod), line.container, line.previous, line.text, line.time);
}

interface Told {
  readonly code: CodeEntry;
  readonly cause: string;
  readonly line: Line;
  readonly extra?: Partial<Finding>;
}

/** What the pod that does not work said last. */
function tellFailing(snapshot: Snapshot, pod: Pod, lines: readonly Line[]): Told | undefined {
  const looped = lines.findLast((l) => l.text.includes('plugin/loop: Loop') && l.text.includes('detected'));
  if (looped !== undefined) {
    return {
      code: loop,
      cause: `CoreDNS pod "${pod.metadata.name}" ends itself because its queries come back to it.`,
      line: looped,
    };
  }
  const parse = lines.findLast(isParseError);
  if (parse !== undefined) {
    return {
      code: configInvalid,
      cause: `CoreDNS pod "${pod.metadata.name}" cannot start: it does not understand its Corefile.`,
      line: parse,
    };
  }
  const api = lines.findLast(isUnreachableApi);
  if (api === undefined) return undefined;
  const node = refByName('Node', '', pod.spec.nodeName ?? '');
  return {
    code: apiUnreachable,
    cause: `CoreDNS pod "${pod.metadata.name}" does not reach the API server.`,
    line: api,
    extra: { because: [{ object: node, codes: ['node.'] }, ...nodeProxies(snapshot, pod)] },
  };
}

/** `192.168.65.7:53` after the arrow of "read udp 10.244.0.5:43210->192.168.65.7:53: i/o timeout". */
function upstreamOf(text: string): string | undefined {
  const arrow = text.indexOf('->');
  if (!text.includes('plugin/errors') || arrow < 0) return undefined;
  if (!text.includes('i/o timeout') && !text.includes('connection refused')) return undefined;
  const upstream = text.slice(arrow + 2).split(': ')[0] ?? '';
  return upstream.endsWith(':53') ? upstream : undefined;
}

const enough = 5;

/** A few timeouts are in every log; many among the last lines are not. */
function tellUpstream(snapshot: Snapshot, pod: Pod, lines: readonly Line[]): Told | undefined {
  const timed = lines.some((l) => l.time !== '');
  const last = (timed ? lines.filter((l) => isRecent(snapshot, l.time, 15 * 60_000)) : lines).slice(-50);
  const failed = last.filter((l) => upstreamOf(l.text) !== undefined);
  const line = failed.at(-1);
  if (line === undefined || failed.length < enough || failed.length * 3 < last.length) return undefined;
  const upstream = upstreamOf(line.text) ?? '';
  return {
    code: upstreamTimeout,
    cause: `CoreDNS pod "${pod.metadata.name}" gets no answer from its upstream server ${upstream}: ${failed.length} of its last ${last.length} lines say so.`,
    line,
    extra: { confidence: timed ? 'high' : 'medium', facet: upstream },
  };
}

function tellRunning(snapshot: Snapshot, pod: Pod, lines: readonly Line[]): Told | undefined {
  const reload = lines.slice(-100).findLast(isParseError);
  const later = reload === undefined ? -1 : lines.findLastIndex((l) => l.text.includes('Reloading complete'));
  if (reload === undefined || (later >= 0 && later > lines.lastIndexOf(reload))) {
    return tellUpstream(snapshot, pod, lines);
  }
  return {
    code: configInvalid,
    cause: `CoreDNS pod "${pod.metadata.name}" could not load the changed Corefile and goes on with the old one until it is restarted.`,
    line: reload,
    extra: { severity: 'warning' },
  };
}

/** What the logs of the DNS pods show, where they were read. */
export function checkLogs(dns: ClusterDns): readonly Finding[] {
  return dns.pods.slice(0, 20).flatMap((pod): Finding[] => {
    const lines = linesOf(dns.snapshot, pod);
    const told = isReady(pod) ? tellRunning(dns.snapshot, pod, lines) : tellFailing(dns.snapshot, pod, lines);
    if (told === undefined) return [];
    return [
      finding(told.code, {
        object: refTo('Pod', pod),
        cause: told.cause,
        evidence: [said(pod, told.line)],
        since: told.line.time,
        ...told.extra,
      }),
    ];
  });
}
