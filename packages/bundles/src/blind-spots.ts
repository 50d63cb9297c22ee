import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { oneLine } from '@autodevops/domain/printable';
import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import type { LogIndex } from './logs/log-index.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { FileProblem } from './objects/reading.ts';
import type { Coverage } from '@autodevops/domain/snapshot';

const mostFiles = 5;

function problemSpot({ path, line, reason }: FileProblem): BlindSpot {
  const where = line > 0 ? `${oneLine(path, 160)}, line ${line}` : oneLine(path, 160);
  return {
    what: `A part of ${where}`,
    why: `It could not be read: ${oneLine(reason, 160)}.`,
    remedy: 'Record that file again; the rest of the bundle was read.',
  };
}

function problemSpots(problems: readonly FileProblem[]): BlindSpot[] {
  const spots = problems.slice(0, mostFiles).map(problemSpot);
  const more = problems.length - spots.length;
  if (more <= 0) return spots;
  return [
    ...spots,
    {
      what: `Parts of ${more} more files`,
      why: 'They could not be read either.',
      remedy: 'Record these files again; the rest of the bundle was read.',
    },
  ];
}

function wasUnwell(pod: Pod): boolean {
  return [...pod.status.containerStatuses, ...pod.status.initContainerStatuses].some(
    ({ restartCount, state, lastState }) =>
      (restartCount ?? 0) > 0 ||
      (state.terminated?.exitCode ?? 0) !== 0 ||
      lastState.terminated !== undefined ||
      state.waiting?.reason === 'CrashLoopBackOff',
  );
}

const essential: readonly (readonly [KindName, string, string])[] = [
  ['Pod', 'Pods', 'kubectl get pods -A -o json'],
  ['Node', 'Nodes', 'kubectl get nodes -o json'],
  ['Event', 'Events', 'kubectl get events -A -o json'],
];

export interface BundleFacts {
  readonly store: ObjectStore;
  readonly coverage: { readonly [K in KindName]?: Coverage };
  readonly problems: readonly FileProblem[];
  /** What the walk left out. */
  readonly notes: readonly string[];
  readonly logs: LogIndex;
}

function absentSpots({ store, coverage, logs }: BundleFacts): BlindSpot[] {
  const spots: BlindSpot[] = [];
  for (const [kind, what, command] of essential) {
    if (coverage[kind] !== 'none') continue;
    spots.push({
      what,
      why: `This bundle holds no ${what}.`,
      ...asRemedy(remedy`Add what "${command}" prints, or record the cluster with ${{ do: 'capture-bundle' }}.`),
    });
  }
  const pods = (store.byKind.get('Pod')?.values() ?? []) as Iterable<Pod>;
  if (logs.size === 0 && [...pods].some(wasUnwell)) {
    spots.push({
      what: 'Logs',
      why: 'This bundle holds no logs, and containers in it ended or were restarted.',
      ...asRemedy(remedy`Record the cluster with ${{ do: 'capture-bundle' }}, which takes their logs along.`),
    });
  }
  return spots;
}

function noteSpots(notes: readonly string[]): BlindSpot[] {
  const again = { remedy: 'Record it again, or look at that part by hand.' };
  const spots = notes.slice(0, mostFiles).map((note) => ({
    what: 'A part of the bundle',
    why: `${note.charAt(0).toUpperCase()}${note.slice(1)}.`,
    ...again,
  }));
  const more = notes.length - spots.length;
  return more <= 0
    ? spots
    : [...spots, { what: `${more} more parts of the bundle`, why: 'They were not read either.', ...again }];
}

/** What a bundle does not show and a diagnosis misses: few and short. */
export function bundleBlindSpots(facts: BundleFacts): readonly BlindSpot[] {
  return [...noteSpots(facts.notes), ...problemSpots(facts.problems), ...absentSpots(facts)];
}
