import type { LogRequest } from '@autodevops/domain/ports/cluster';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KubeClient } from '../http/client.ts';
import { boundedParallel } from './bounded-parallel.ts';

const atOnce = 8;
/** A kubelet that does not answer (its node is down) must not hold up the others for long. */
const deadlines = { header: 6_000, idle: 6_000, total: 15_000 };
const allTogetherMs = 25_000;

function pathFor(request: LogRequest, tailLines: number, limitBytes: number): string {
  const { namespace, pod, container, previous } = request;
  const parameters = new URLSearchParams({
    container,
    tailLines: String(tailLines),
    limitBytes: String(limitBytes),
    timestamps: 'true',
    ...(previous ? { previous: 'true' } : {}),
  });
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log?${parameters}`;
}

/** The end of a stream: its last `limit` bytes, and how many bytes came. */
async function endOf(
  body: AsyncIterable<Buffer>,
  limit: number,
): Promise<{ readonly end: Buffer; readonly size: number }> {
  let chunks: Buffer[] = [];
  let held = 0;
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    held += chunk.length;
    size += chunk.length;
    if (held < 2 * limit + 65_536) continue;
    chunks = [Buffer.concat(chunks).subarray(-limit)];
    held = limit;
  }
  return { end: Buffer.concat(chunks).subarray(-limit), size };
}

/** Without the line that was cut at the front; a single long line stays. */
function wholeLines(text: string): string {
  const first = text.indexOf('\n');
  return first < 0 || first === text.length - 1 ? text : text.slice(first + 1);
}

async function readLog(client: KubeClient, request: LogRequest, signal: AbortSignal): Promise<ContainerLog> {
  const { namespace, pod, container, previous, limitBytes } = request;
  // The kubelet's limit cuts at the end, where the news is: so more is asked for and the end is kept; and when even that
  // was cut (very long lines), fewer lines are asked for.
  const asked = Math.max(limitBytes * 8, 256 * 1024);
  for (let tailLines = request.tailLines; ; tailLines = Math.max(1, Math.floor(tailLines / 10))) {
    const answer = await client.open({
      path: pathFor(request, tailLines, asked),
      accept: '*/*',
      signal,
      deadlines,
      compressed: false,
    });
    const { end, size } = await endOf(answer.body, limitBytes);
    if (size >= asked && tailLines > 1) continue;
    const text = size > end.length ? wholeLines(end.toString('utf8')) : end.toString('utf8');
    const lines = text.split('\n').length - 1;
    return {
      namespace,
      pod,
      container,
      previous,
      text,
      truncated: size > end.length || lines >= tailLines || tailLines < request.tailLines,
    };
  }
}

/**
 * Reads logs, eight at a time. Those that are not there, may not be read or do not come in time are left out. Throws only
 * when interrupted.
 */
export async function readLogs(
  client: KubeClient,
  requests: readonly LogRequest[],
  signal: AbortSignal,
): Promise<readonly ContainerLog[]> {
  const together = AbortSignal.any([signal, AbortSignal.timeout(allTogetherMs)]);
  const logs = await boundedParallel(requests, atOnce, async (request) => {
    try {
      return [await readLog(client, request, together)];
    } catch (error) {
      if (signal.aborted || !(error instanceof AutoDevOpsError)) throw error;
      return [];
    }
  });
  return logs.flat();
}
