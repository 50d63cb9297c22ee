import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { LogRequest } from '@autodevops/domain/ports/cluster';
import type { Logs, TimeRange } from '@autodevops/domain/ports/signals';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';
import { containersOf } from '../../reading/pods/pod-status.ts';
import { deadSource } from './read-metrics.ts';
import type { Until } from './read-metrics.ts';

/** Words of lines that say what went wrong, as programs write them. */
const telling = [
  'error',
  'fatal',
  'panic',
  'exception',
  'traceback',
  'refused',
  'denied',
  'forbidden',
  'unauthorized',
  'timeout',
  'timed out',
  'cannot',
  'could not',
  'unable to',
  'failed',
  'no space left',
  'out of memory',
  'not found',
  'no such',
];

/** Names of labels by which streams of a pod are known, as collectors write them: Alloy and Promtail, OpenTelemetry, Fluent Bit. */
const namings = [
  { namespace: 'namespace', pod: 'pod', container: 'container' },
  { namespace: 'k8s_namespace_name', pod: 'k8s_pod_name', container: 'k8s_container_name' },
  { namespace: 'kubernetes_namespace_name', pod: 'kubernetes_pod_name', container: 'kubernetes_container_name' },
];

const hour = 3_600_000;
const farthest = 12 * hour;
const mostContainers = 12;
const mostLines = 200;
const atOnce = 4;

export interface ReadNeedles {
  readonly logs: readonly ContainerLog[];
  readonly blindSpots: readonly BlindSpot[];
}

type LogName = Omit<LogRequest, 'tailLines' | 'limitBytes'>;

/** Whether both are of one container's one life. */
export function sameLog(a: LogName, b: LogName): boolean {
  return a.namespace === b.namespace && a.pod === b.pod && a.container === b.container && a.previous === b.previous;
}

/** The life of the container that a log is of, as far as it is known. */
function lifeOf(snapshot: Snapshot, { namespace, pod: name, container, previous }: LogRequest): TimeRange {
  const pod = snapshot.get('Pod', namespace, name);
  const status = pod === undefined ? undefined : containersOf(pod).find(({ spec }) => spec.name === container)?.status;
  const ended = status?.lastState.terminated ?? status?.state.terminated;
  const times = previous
    ? [ended?.startedAt, ended?.finishedAt]
    : [status?.state.running?.startedAt ?? ended?.startedAt, undefined];
  const [start, end] = times.map((time) => Date.parse(time ?? ''));
  const last = end !== undefined && Number.isFinite(end) ? Math.min(snapshot.now, end + 2_000) : snapshot.now;
  return {
    start: Math.max(
      last - farthest,
      start !== undefined && Number.isFinite(start) ? Math.min(start - 1_000, last) : last - hour,
    ),
    end: last,
  };
}

/** Telling lines before what was read already: what is in both stands once. */
function together(request: LogRequest, needles: readonly string[], read: ContainerLog | undefined): ContainerLog {
  const { namespace, pod, container, previous } = request;
  const tail = read?.text ?? '';
  const known = new Set(tail.split('\n').map((line) => line.trim()));
  const earlier = needles.filter((line) => !known.has(line.trim()));
  return {
    namespace,
    pod,
    container,
    previous,
    text: [...earlier, ...(tail === '' ? [] : [tail])].join('\n'),
    truncated: true,
  };
}

/**
 * Searches the logs that could not be read, or only in their last part, for lines that tell what went wrong. Gives the
 * logs that have become richer. Throws only when the caller's signal ends it.
 */
export async function readLogNeedles(
  source: Logs,
  snapshot: Snapshot,
  read: { readonly wanted: readonly LogRequest[]; readonly logs: readonly ContainerLog[] },
  { signal, left }: Until,
): Promise<ReadNeedles> {
  const lacking = read.wanted
    .filter((request) => read.logs.find((log) => sameLog(log, request))?.truncated !== false)
    .slice(0, mostContainers);
  if (lacking.length === 0) return { logs: [], blindSpots: [] };
  const logs: ContainerLog[] = [];
  try {
    const labels = await source.labels({ start: snapshot.now - hour, end: snapshot.now }, { signal, deadline: left() });
    const naming = namings.find(({ namespace, pod }) => labels.includes(namespace) && labels.includes(pod));
    if (naming === undefined) {
      return {
        logs: [],
        blindSpots: [
          {
            what: source.source,
            why: 'Its streams have no labels that name a namespace and a pod.',
            remedy: 'Let the collector add the labels namespace, pod and container.',
          },
        ],
      };
    }
    const queue = [...lacking];
    const work = async (): Promise<void> => {
      for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
        const of = {
          [naming.namespace]: request.namespace,
          [naming.pod]: request.pod,
          ...(labels.includes(naming.container) ? { [naming.container]: request.container } : {}),
        };
        const { lines } = await source.search(
          { labels: of, words: telling, range: lifeOf(snapshot, request), lines: mostLines },
          { signal, deadline: left() },
        );
        const present = request;
        if (lines.length > 0) {
          logs.push(
            together(
              present,
              lines.map(({ text }) => text),
              read.logs.find((log) => sameLog(log, present)),
            ),
          );
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { logs, blindSpots: [] };
  } catch (error) {
    return { logs, blindSpots: [deadSource(source.source, error)] };
  }
}
