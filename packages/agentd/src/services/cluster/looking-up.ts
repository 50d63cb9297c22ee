import { drawGraph } from '@autodevops/agent-core/graph/draw';
import { snapshotRequest } from '@autodevops/agent-core/jamie/snapshot-request';
import { logRequestsFor } from '@autodevops/agent-core/lookups/log-requests';
import { meaningOf } from '@autodevops/agent-core/lookups/meaning';
import { neighboursOf } from '@autodevops/agent-core/lookups/neighbours';
import { recentChanges } from '@autodevops/agent-core/lookups/recent-changes';
import type { CodeEntry } from '@autodevops/domain/finding';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { focusOn } from './looking.ts';

type LookingUp = 'recentChanges' | 'graph' | 'logs' | 'meaning';

/** In characters, of one line of a log. */
const longestLine = 2000;
const mostEdges = 500;

async function snapshotOf(reader: ClusterReader, signal: AbortSignal): Promise<Snapshot> {
  return await reader.snapshot(snapshotRequest(), { signal });
}

function changesIn(
  snapshot: Snapshot,
  { namespace, kind, name, seconds, limit }: InputOf<Endpoints['recentChanges']>['query'],
): AnswerOf<Endpoints['recentChanges']> {
  const focus = kind === undefined || name === undefined ? [] : [focusOn({ kind, name, namespace })];
  const all = recentChanges(snapshot, { from: snapshot.now - seconds * 1000, focus, namespace });
  return {
    capturedAt: snapshot.parts.capturedAt,
    changes: all.slice(0, limit),
    left: Math.max(0, all.length - limit),
    blindSpots: [...snapshot.blindSpots],
  };
}

function graphIn(
  snapshot: Snapshot,
  { side, depth, ...object }: InputOf<Endpoints['graph']>['query'],
): AnswerOf<Endpoints['graph']> {
  const { edges, objects } = neighboursOf(snapshot, focusOn(object), { side, depth });
  const shown = edges.slice(0, mostEdges);
  return {
    capturedAt: snapshot.parts.capturedAt,
    edges: [...shown],
    objects: objects.slice(0, 2 * mostEdges),
    left: edges.length - shown.length,
    mermaid: drawGraph(shown, 'mermaid'),
    blindSpots: [...snapshot.blindSpots],
  };
}

/** Secrets are looked for in the whole text, since one may run over several lines. */
function logOf(
  { namespace, pod, container, previous, text, truncated }: ContainerLog,
  wanted: number,
): AnswerOf<Endpoints['logs']>['logs'][number] {
  const lines = redact(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return {
    namespace,
    pod,
    container,
    previous,
    lines: lines.slice(-wanted).map((line) => oneLine(line, longestLine)),
    cut: truncated || lines.length >= wanted,
  };
}

function explained({
  code,
  title,
  severity,
  means,
  recognised,
  nextSteps,
  avoid,
}: CodeEntry): AnswerOf<Endpoints['meaning']>['related'][number] {
  return { code, title, severity, means, recognised, nextSteps: [...nextSteps], avoid: [...avoid] };
}

/** What is looked up by name, without a diagnosis. */
export function lookingUpHandlers(reader: ClusterReader): Pick<Handlers, LookingUp> {
  return {
    recentChanges: async ({ query }, { signal }) => changesIn(await snapshotOf(reader, signal), query),
    graph: async ({ query }, { signal }) => graphIn(await snapshotOf(reader, signal), query),
    logs: async ({ query: { container, previous, lines, ...object } }, { signal }) => {
      const snapshot = await snapshotOf(reader, signal);
      const { requests, left } = logRequestsFor(snapshot, { focus: focusOn(object), container, previous, lines });
      const logs = requests.length === 0 ? [] : await reader.logs(requests, { signal });
      return { logs: logs.map((log) => logOf(log, lines)), left, blindSpots: [...snapshot.blindSpots] };
    },
    meaning: async ({ params: { word } }) => {
      const { entry, says, related, near } = meaningOf(word);
      return await Promise.resolve({
        ...(entry === undefined ? {} : { entry: explained(entry) }),
        says,
        related: related.map(explained),
        near: [...near],
      });
    },
  };
}
