import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { crashBeganAt } from './crashes/crash-beginning.ts';
import { crashVerdict } from './crashes/crash-verdict.ts';
import { crashingContainers } from './crashes/crashing-container.ts';
import type { CrashingContainer } from './crashes/crashing-container.ts';
import { neighbourWords } from '../network/neighbour-words.ts';
import { tellingLine } from '../output/alarming-line.ts';
import { outputOf } from '../output/output-line.ts';
import type { OutputLine } from '../output/output-line.ts';
import type { FailureKind } from '../output/failures/failure-kind.ts';
import { verdictOf } from '../output/output-verdict.ts';
import type { OutputVerdict } from '../output/output-verdict.ts';
import { containersOf, isFinished, isTerminating } from './pod-status.ts';
import { perLook } from '../per-look.ts';
import type { ContainerView } from './pod-status.ts';
import { ageOf } from '../recency.ts';
import { unreadyContainers } from './readiness/unready-container.ts';

/** A container that crashes, hangs or is not ready, and whose own words tell why. */
export interface TroubledContainer {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly verdict: OutputVerdict;
  readonly output: readonly OutputLine[];
  /**
   * `crashing` ends again and again; `unready` runs and is not ready; `hanging` is an init container that goes on;
   * `needed` is well by itself, and another container of its pod crashes for what it does not get.
   */
  readonly state: 'crashing' | 'unready' | 'hanging' | 'needed';
  /** Of `needed`: the name of the other container. */
  readonly neededBy?: string;
  readonly exitCode: number | undefined;
  readonly since: string;
}

/** What a container that stays up may complain of for good reason; other lines of a running program prove nothing. */
const tellingWhileRunning: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'refused',
  'unresolved',
  'unreachable',
  'credentials',
  'too-many-connections',
  'database-missing',
  'certificate-expired',
  'certificate-untrusted',
  'storage-of-dependency',
  'disk-full',
  'threads',
  'open-files',
  'heap',
  'permission',
  'port-in-use',
  'variable',
  'forbidden',
  'migration-locked',
  'operation-locked',
  'resource-missing',
  'protocol-mismatch',
  'setup-differs',
  'read-only-member',
  'member-known',
  'data-damaged',
  'data-of-another',
  'data-locked',
]);
const hangingAfter = 60_000;

/** A container that crashes at an address of its own pod does so for the one that serves there, where that one says why. */
function needed(snapshot: Snapshot, crash: CrashingContainer): TroubledContainer[] {
  const { pod, ref, view, output, ended, ending } = crash;
  if (ending !== 'failed') return [];
  const line = crashVerdict(crash)?.line ?? tellingLine(output);
  const beside = neighbourWords(snapshot, pod, view, line);
  if (beside?.view.status?.ready !== true || !lasting(beside.output, beside.verdict)) return [];
  return [
    {
      pod,
      ref,
      view: beside.view,
      verdict: beside.verdict,
      output: beside.output,
      state: 'needed',
      neededBy: view.spec.name,
      exitCode: ended?.exitCode,
      since: crashBeganAt(snapshot, crash),
    },
  ];
}

function crashing(snapshot: Snapshot): TroubledContainer[] {
  return crashingContainers(snapshot).flatMap((crash) => {
    const { pod, ref, view, output, ended, ending } = crash;
    if (ending === 'never-started' || ending === 'out-of-memory' || (ending === 'completed' && !view.init)) return [];
    const verdict = crashVerdict(crash);
    if (verdict === undefined) return [];
    return [
      {
        pod,
        ref,
        view,
        verdict,
        output,
        state: 'crashing' as const,
        exitCode: ended?.exitCode,
        since: crashBeganAt(snapshot, crash),
      },
    ];
  });
}

/** A running program's complaint counts when it repeats itself or is the last that it said. */
function lasting(output: readonly OutputLine[], verdict: OutputVerdict | undefined): verdict is OutputVerdict {
  if (verdict === undefined || !tellingWhileRunning.has(verdict.kind)) return false;
  return verdict.count >= 2 || output.slice(-5).includes(verdict.line);
}

function running(
  snapshot: Snapshot,
  found: { pod: Pod; view: ContainerView; since: string },
  state: 'unready' | 'hanging',
): TroubledContainer[] {
  const { pod, view, since } = found;
  const output = outputOf(snapshot, pod, view, 'current');
  const verdict = verdictOf(output);
  if (!lasting(output, verdict)) return [];
  return [{ pod, ref: refTo('Pod', pod), view, verdict, output, state, exitCode: undefined, since }];
}

/** Init containers that have run for a minute and more, in pods that wait for them. */
export function hangingInits(
  snapshot: Snapshot,
): readonly { pod: Pod; view: ContainerView; since: string; up: number }[] {
  return snapshot.list('Pod').flatMap((pod) => {
    if (pod.spec.initContainers.length === 0 || isFinished(pod) || isTerminating(pod)) return [];
    return containersOf(pod).flatMap((view) => {
      const since = view.status?.state.running?.startedAt ?? '';
      const up = ageOf(snapshot, since);
      return view.init && !view.sidecar && up !== undefined && up >= hangingAfter ? [{ pod, view, since, up }] : [];
    });
  });
}

function find(snapshot: Snapshot): readonly TroubledContainer[] {
  return [
    ...crashing(snapshot),
    ...crashingContainers(snapshot).flatMap((crash) => needed(snapshot, crash)),
    ...unreadyContainers(snapshot).flatMap((unready) => running(snapshot, unready, 'unready')),
    ...hangingInits(snapshot).flatMap((hanging) => running(snapshot, hanging, 'hanging')),
  ];
}

/** Every container in trouble whose output tells what is wrong. Found once per snapshot. */
export const troubledContainers: (snapshot: Snapshot) => readonly TroubledContainer[] = perLook(find);

/** Whether this container's own words say why; a finding from its status alone then steps back. */
export function tellsWhy(snapshot: Snapshot, ref: ObjectRef, container: string): boolean {
  return troubledContainers(snapshot).some(
    (t) =>
      t.ref.namespace === ref.namespace &&
      t.ref.name === ref.name &&
      t.view.spec.name === container &&
      t.verdict.kind !== 'uncaught',
  );
}
