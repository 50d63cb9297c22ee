import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog } from '../../evidence/finding.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { labelledObject, workloadRef } from '../../reading/measures/labelled-object.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { begunAmong } from '../../reading/output/new-errors.ts';
import { requestOutcome } from '../../reading/output/request-outcome.ts';
import { timedLines } from '../../reading/output/timed-lines.ts';
import type { TimedLine } from '../../reading/output/timed-lines.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { requestsFail } from './codes.ts';

/** Fewer of all that came since then are the odd request that nobody minds. */
const leastShare = 0.05;

interface Request {
  readonly line: TimedLine;
  readonly status: number;
  readonly answering: ObjectRef;
}

/** Who was to answer: the workload behind the upstream that the line names, else the one that wrote it. */
function answering(snapshot: Snapshot, pod: Pod, upstream: string): ObjectRef {
  const named =
    upstream === '' ? undefined : labelledObject(snapshot, { instance: upstream, namespace: pod.metadata.namespace });
  return workloadRef(
    snapshot,
    named === undefined || named.kind === 'Namespace' || named.kind === 'Node' ? refTo('Pod', pod) : named,
  );
}

function requestsIn(snapshot: Snapshot, pod: Pod, lines: readonly LogLine[]): readonly Request[] {
  return timedLines(lines, snapshot.now).flatMap((line) => {
    const outcome = requestOutcome(line.line.text);
    return outcome === undefined
      ? []
      : [{ line, status: outcome.status, answering: answering(snapshot, pod, outcome.upstream) }];
  });
}

/** Requests that began to end with the server's fault, by who was to answer them. */
export function checkRequests(snapshot: Snapshot, pod: Pod, view: ContainerView, lines: readonly LogLine[]): Finding[] {
  const byAnswering = Map.groupBy(requestsIn(snapshot, pod, lines), (request) => refKey(request.answering));
  return [...byAnswering.values()].flatMap((requests) => {
    const [failed, all] = [requests.filter(({ status }) => status >= 500), requests].map((some) =>
      some.map(({ line }) => line),
    );
    const [begun] = begunAmong(failed ?? [], all ?? []);
    const object = requests[0]?.answering;
    if (begun === undefined || object === undefined || begun.share < leastShare) return [];
    const writer = refTo('Pod', pod);
    return [
      finding(requestsFail, {
        object,
        confidence: 'medium',
        cause: `${Math.round(begun.share * 100)} % of the requests to ${refText(object)} fail (${begun.count} with a status of 5xx, hardly any in the ${formatDuration(begun.quietFor)} before), as the access log of ${refText(writer)} shows.`,
        since: new Date(begun.since).toISOString(),
        evidence: [fromLog(writer, view.spec.name, false, begun.line.text, begun.line.time)],
        because: [...signalBecause('felt', [object, writer]), ...signalBecause('called', callsKnown(snapshot, object))],
        generic: true,
        facet: view.spec.name,
      }),
    ];
  });
}
