import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAlarming } from '../output/alarming-line.ts';
import { outputOf } from '../output/output-line.ts';
import type { OutputLine } from '../output/output-line.ts';
import { containersOf } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';
import { productWords, workloadsByWords } from '../workloads/workloads-by-words.ts';

/** What a controller said of an object in its log. */
export interface ControllerSaid {
  readonly pod: Pod;
  readonly view: ContainerView;
  readonly line: OutputLine;
}

const mostControllers = 4;

/** Workloads that may be the controller of a qualified name: `io.cilium/gateway-controller`, `fuseim.pri/ifs`, a group of the API. */
export function controllersNamed(snapshot: Snapshot, name: string): readonly ObjectRef[] {
  const { found } = workloadsByWords(snapshot, productWords(name));
  return found.slice(0, mostControllers).map(({ ref }) => ref);
}

const ofNames = /[\w.-]/;

/** Whether a text holds a name as a whole: `web` is not in `web-2`. */
function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + name.length] ?? ''];
    if (!ofNames.test(before) && !ofNames.test(after)) return true;
  }
  return false;
}

/** Loggers put the name into fields of its own, so the line counts as it stands. */
function isAbout({ verbatim }: OutputLine, { namespace, name }: ObjectRef): boolean {
  return holds(verbatim, name) && (namespace === '' || holds(verbatim, namespace));
}

/**
 * The last error that a controller logged about an object: controllers that write neither a condition nor an event write
 * it there. Only a line that names the object counts, and only where the log was read.
 */
export function controllerSaid(
  snapshot: Snapshot,
  controllers: readonly ObjectRef[],
  about: ObjectRef,
): ControllerSaid | undefined {
  for (const pod of controllers.flatMap((ref) => podsStandingFor(snapshot, ref))) {
    for (const view of containersOf(pod)) {
      const line = outputOf(snapshot, pod, view, 'current').findLast((l) => isAbout(l, about) && isAlarming(l));
      if (line !== undefined) return { pod, view, line };
    }
  }
  return undefined;
}
