import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { gravestLine } from '../output/alarming-line.ts';
import { outputOf } from '../output/output-line.ts';
import type { OutputLine } from '../output/output-line.ts';
import { verdictOf } from '../output/output-verdict.ts';
import type { OutputVerdict } from '../output/output-verdict.ts';
import { containersOf } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';
import { dependencyOf } from './dependency.ts';
import { networkTarget } from './network-target.ts';

/** What another container of the same pod complains of. */
export interface NeighbourWords {
  readonly view: ContainerView;
  readonly line: OutputLine;
  /** What it says it fails for, where a rule knows its words. */
  readonly verdict: OutputVerdict | undefined;
  readonly output: readonly OutputLine[];
}

/** A container declares the port, or is told it in its command. */
export function servesPort({ ports, command, args }: Container, port: number): boolean {
  const told = new RegExp(`[:= ]${port}(?!\\d)`);
  return ports.some((p) => p.containerPort === port) || [...command, ...args].some((arg) => told.test(` ${arg}`));
}

/** Who of the pod serves the port; where the port is not known, or nobody tells of it, the only other container. */
function serversBeside(pod: Pod, own: ContainerView, port: number | undefined): readonly ContainerView[] {
  const others = containersOf(pod).filter((view) => view.spec.name !== own.spec.name && (!view.init || view.sidecar));
  const serving = port === undefined ? [] : others.filter(({ spec }) => servesPort(spec, port));
  if (serving.length > 0) return serving;
  return others.length === 1 ? others : [];
}

/**
 * A container that fails at an address of its own pod (a proxy to a database, a mesh, an agent) only sees that nobody
 * answers as it should: what the container that serves there says in its own log. Undefined where the line speaks of
 * another place, and in the network of the node, where localhost is the node.
 */
export function neighbourWords(
  snapshot: Snapshot,
  pod: Pod,
  own: ContainerView,
  line: OutputLine | undefined,
): NeighbourWords | undefined {
  if (line === undefined || pod.spec.hostNetwork === true) return undefined;
  const target = networkTarget(line.lower);
  if (dependencyOf(snapshot, pod.metadata.namespace, target).kind !== 'in-pod') return undefined;
  for (const view of serversBeside(pod, own, target.port)) {
    const output = outputOf(snapshot, pod, view);
    const verdict = verdictOf(output);
    const said = verdict?.line ?? gravestLine(output);
    if (said !== undefined) return { view, line: said, verdict, output };
  }
  return undefined;
}
