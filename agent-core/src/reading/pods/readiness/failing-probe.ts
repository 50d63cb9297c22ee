import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod, Probe } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { crashBeganAt } from '../crashes/crash-beginning.ts';
import { crashingContainers, runLength } from '../crashes/crashing-container.ts';
import type { CrashingContainer } from '../crashes/crashing-container.ts';
import { alarmingLines } from '../../output/alarming-line.ts';
import { listeningPorts } from '../../output/listening-port.ts';
import type { ListeningPort } from '../../output/listening-port.ts';
import { isGrave } from '../../output/log-level.ts';
import { outputOf } from '../../output/output-line.ts';
import type { OutputLine } from '../../output/output-line.ts';
import { perLook } from '../../per-look.ts';
import type { ContainerView } from '../pod-status.ts';
import { declaredPorts, probeFailureClass, probeOf, probePort } from './probe-failure.ts';
import type { ProbeFailureClass } from './probe-failure.ts';
import { probeEvent, unreadyContainers } from './unready-container.ts';
import type { ProbeName, UnreadyContainer } from './unready-container.ts';

/** A probe that fails now, with how and why as far as it can be told. */
export interface FailingProbe {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  /** The probes that fail in this same way. */
  readonly names: readonly ProbeName[];
  readonly probe: Probe | undefined;
  readonly event: ClusterEvent;
  /** `wrong-port` and `loopback` are what became of `refused` once it was known where the program listens. */
  readonly failure: ProbeFailureClass | 'wrong-port' | 'loopback';
  readonly port: number | undefined;
  /** Where it listens instead: by its log, or as the pod declares. */
  readonly heard: ListeningPort | undefined;
  readonly otherPort: number | undefined;
  /** The kubelet has killed the container for it. */
  readonly killed: CrashingContainer | undefined;
  readonly output: readonly OutputLine[];
  readonly since: string;
}

type Refusal = Pick<FailingProbe, 'failure' | 'heard' | 'otherPort'>;

/** It says again and again that it is in trouble: that it does not listen yet needs no other port to explain it. */
function complainsGravely(output: readonly OutputLine[]): boolean {
  return alarmingLines(output).filter(isGrave).length >= 2;
}

/** Nothing listens on the probe's port: does the program listen elsewhere? */
function explainRefusal(
  pod: Pod,
  view: ContainerView,
  found: { port: number | undefined; output: readonly OutputLine[] },
): Refusal {
  const { port, output } = found;
  const plain: Refusal = { failure: 'refused', heard: undefined, otherPort: undefined };
  if (port === undefined) return plain;
  const heard = listeningPorts(output);
  const same = heard.filter((h) => h.port === port);
  if (same.some((h) => !h.loopback)) return plain;
  if (same[0] !== undefined) return { failure: 'loopback', heard: same[0], otherPort: undefined };
  const elsewhere = heard.findLast((h) => !h.loopback) ?? heard.at(-1);
  if (elsewhere !== undefined) return { failure: 'wrong-port', heard: elsewhere, otherPort: elsewhere.port };
  const declared = declaredPorts(pod, view.spec);
  if (declared.length === 0 || declared.includes(port) || complainsGravely(output)) return plain;
  return { failure: 'wrong-port', heard: undefined, otherPort: declared[0] };
}

type Subject = { readonly pod: Pod; readonly ref: ObjectRef; readonly view: ContainerView };
type Seen = { readonly name: ProbeName; readonly event: ClusterEvent };

function describe(
  subject: Subject,
  seen: Seen,
  context: Pick<FailingProbe, 'output' | 'since' | 'killed'>,
): FailingProbe {
  const { pod, ref, view } = subject;
  const probe = probeOf(view.spec, seen.name);
  const failure = probeFailureClass(seen.event.message, probe);
  const port = probePort(probe, view.spec);
  const refined =
    failure === 'refused'
      ? explainRefusal(pod, view, { port, output: context.output })
      : { failure, heard: undefined, otherPort: undefined };
  return { pod, ref, view, names: [seen.name], probe, event: seen.event, port, ...refined, ...context };
}

/** One entry for probes that fail in the same way at the same port. */
function merged(probes: readonly FailingProbe[]): FailingProbe[] {
  const kept: FailingProbe[] = [];
  for (const probe of probes) {
    const at = kept.findIndex((k) => k.failure === probe.failure && k.port === probe.port);
    const held = kept[at];
    if (held === undefined) kept.push(probe);
    else kept[at] = { ...held, names: [...held.names, ...probe.names] };
  }
  return kept;
}

function ofUnready(snapshot: Snapshot, unready: UnreadyContainer): FailingProbe[] {
  const { pod, view, since } = unready;
  const startedAt = view.status?.state.running?.startedAt ?? '';
  const names: readonly ProbeName[] =
    view.status?.started === true ? ['readiness', 'liveness'] : ['startup', 'readiness', 'liveness'];
  const seen = names.flatMap((name): Seen[] => {
    const event = probeEvent(snapshot, unready, { probe: name, since: startedAt });
    return event === undefined ? [] : [{ name, event }];
  });
  if (seen.length === 0) return [];
  const output = outputOf(snapshot, pod, view, 'current');
  return merged(seen.map((s) => describe(unready, s, { output, since, killed: undefined })));
}

/** When the run began that the told kill ended: the last one, or an earlier one when later kills were not told. */
function killedRunBegan({ ended, killing }: CrashingContainer): string {
  const last = ended?.startedAt ?? '';
  const told = Date.parse(killing?.last ?? '');
  if (Number.isNaN(told) || told >= Date.parse(last)) return last;
  return new Date(told - (runLength(ended) ?? 0)).toISOString();
}

function ofKilled(snapshot: Snapshot, crash: CrashingContainer): FailingProbe[] {
  if (crash.ending !== 'killed-by-probe' || crash.killing === undefined) return [];
  const killer: ProbeName = crash.killing.message.includes('startup probe') ? 'startup' : 'liveness';
  const since = crashBeganAt(snapshot, crash);
  const seen = ([killer, 'readiness'] as const).flatMap((name): Seen[] => {
    const event = probeEvent(snapshot, crash, { probe: name, since: killedRunBegan(crash) });
    return event === undefined ? [] : [{ name, event }];
  });
  const known = seen.some((s) => s.name === killer) ? seen : [{ name: killer, event: crash.killing }, ...seen];
  const all = merged(known.map((s) => describe(crash, s, { output: crash.output, since, killed: crash })));
  return all.filter((probe) => probe.names.includes(killer));
}

/** Every probe that keeps a container from being ready, or for which the kubelet kills it. Found once per snapshot. */
export const failingProbes: (snapshot: Snapshot) => readonly FailingProbe[] = perLook((snapshot) => [
  ...unreadyContainers(snapshot).flatMap((unready) => ofUnready(snapshot, unready)),
  ...crashingContainers(snapshot).flatMap((crash) => ofKilled(snapshot, crash)),
]);
