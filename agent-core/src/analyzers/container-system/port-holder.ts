import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { containersOf, isFinished } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';

/** Who holds a port: a container of the same pod, or a pod of the same node. */
export interface PortHolder {
  readonly pod: Pod;
  readonly container: string;
  /** Where it says so: the field and its text. */
  readonly path: string;
  readonly value: string;
}

/** The port that a line says is taken: the last number after a colon or the word port. */
export function takenPort(line: OutputLine): number | undefined {
  const found = [...line.lower.matchAll(/(?::|\bport[ =:]+|\bport \(?)(\d{2,5})\b/g)].map((m) => Number(m[1]));
  return found.findLast((port) => port > 0 && port < 65536);
}

function names(view: ContainerView, port: number): { path: string; value: string } | undefined {
  const declared = view.spec.ports.findIndex((p) => p.containerPort === port);
  if (declared >= 0) return { path: `${view.path}.ports[${declared}].containerPort`, value: String(port) };
  for (const [field, texts] of [
    ['args', view.spec.args],
    ['command', view.spec.command],
  ] as const) {
    const text = texts.find((t) => new Set(t.split(/[^0-9]+/)).has(String(port)));
    if (text !== undefined) return { path: `${view.path}.${field}`, value: text };
  }
  const index = view.spec.env.findIndex((e) => e.value === String(port) || (e.value ?? '').endsWith(`:${port}`));
  return index < 0
    ? undefined
    : {
        path: `${view.path}.env[${index}]`,
        value: `${view.spec.env[index]?.name ?? ''}=${view.spec.env[index]?.value ?? ''}`,
      };
}

/** Another container of the pod that runs and has to do with the port. */
export function holderInPod(pod: Pod, own: ContainerView, port: number): PortHolder | undefined {
  for (const view of containersOf(pod)) {
    if (view.spec.name === own.spec.name || (view.init && !view.sidecar)) continue;
    const named = names(view, port);
    if (named !== undefined) return { pod, container: view.spec.name, ...named };
  }
  return undefined;
}

/** Another pod of the node that holds the port on the host network. */
export function holderOnNode(snapshot: Snapshot, pod: Pod, port: number): PortHolder | undefined {
  if (pod.spec.hostNetwork !== true || pod.spec.nodeName === undefined) return undefined;
  for (const other of snapshot.list('Pod')) {
    if (other.spec.nodeName !== pod.spec.nodeName || other.metadata.uid === pod.metadata.uid || isFinished(other)) {
      continue;
    }
    for (const view of containersOf(other)) {
      const index = view.spec.ports.findIndex(
        (p) => p.hostPort === port || (other.spec.hostNetwork === true && p.containerPort === port),
      );
      if (index >= 0) {
        return { pod: other, container: view.spec.name, path: `${view.path}.ports[${index}]`, value: String(port) };
      }
    }
  }
  return undefined;
}
