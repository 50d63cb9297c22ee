import type { Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { unreadyContainers } from '../../reading/pods/readiness/unready-container.ts';
import type { UnreadyContainer } from '../../reading/pods/readiness/unready-container.ts';
import { processKilled } from './codes.ts';

const killed = [
  'sent sigkill',
  'killed by signal 9',
  'terminated by signal 9',
  'exited on signal 9',
  'signal 9 (sigkill)',
  'exitcode: -9',
  'exit code -9',
];
const processes = ['worker', 'process', 'child', 'fork'];
/** The first process ends a worker itself that answers too late. */
const ownTimeouts = [
  'worker timeout',
  'terminating timed out worker',
  'worker took too long',
  'exceeded timeout',
  'harakiri',
];

function tellsOfKill({ lower }: OutputLine): boolean {
  return killed.some((words) => lower.includes(words)) && processes.some((word) => lower.includes(word));
}

const enough = 2;

function check(snapshot: Snapshot, { pod, view, since }: UnreadyContainer): Finding[] {
  const output = outputOf(snapshot, pod, view, 'current');
  const kills = output.filter(tellsOfKill);
  const last = kills.at(-1);
  if (
    last === undefined ||
    kills.length < enough ||
    output.some(({ lower }) => ownTimeouts.some((words) => lower.includes(words)))
  ) {
    return [];
  }
  const ref = refTo('Pod', pod);
  const limit = view.spec.resources.limits['memory'];
  const within =
    limit === undefined
      ? 'and the container has no memory limit of its own'
      : `most likely because the container reaches its memory limit of ${limit}`;
  return [
    finding(processKilled, {
      object: ref,
      cause: `Processes within container "${view.spec.name}" are killed (SIGKILL, ${kills.length} times in the lines read) while the container lives on, ${within}; it is not ready.`,
      evidence: [
        fromOutput(ref, view, last),
        ...(limit === undefined ? [] : [fromSpec(ref, `${view.path}.resources.limits.memory`, limit)]),
      ],
      since,
      confidence: 'medium',
      facet: view.spec.name,
    }),
  ];
}

/** Kills of single processes, which reach neither the status of a container nor its restarts. */
export function checkProcessKills(snapshot: Snapshot): Finding[] {
  return unreadyContainers(snapshot).flatMap((unready) => check(snapshot, unready));
}
