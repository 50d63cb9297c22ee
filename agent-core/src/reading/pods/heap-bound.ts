import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { environmentOf } from './environment.ts';
import type { ContainerView } from './pod-status.ts';

/** How large a program may let its own heap grow, and where it is told so. */
export interface HeapBound {
  readonly bytes: number;
  /** As it is written: `-Xmx2g`. */
  readonly option: string;
  readonly object: ObjectRef;
  readonly path: string;
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `-Xmx2g` and `-XX:MaxHeapSize=2g` of the JVM, `--max-old-space-size=2048` (MiB) of V8; the last one wins, as it does there. */
function boundIn(text: string): Pick<HeapBound, 'bytes' | 'option'> | undefined {
  const java = [...text.matchAll(/(?:-Xmx|-XX:MaxHeapSize=)(\d{1,12})([kmgtb]?)\b/gi)].at(-1);
  if (java !== undefined) return { option: java[0], bytes: Number(java[1]) * (units[(java[2] ?? '').toLowerCase()] ?? 1) };
  const node = [...text.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d{1,7})\b/g)].at(-1);
  return node === undefined ? undefined : { option: node[0], bytes: Number(node[1]) * 2 ** 20 };
}

/** The bound that a container sets for its heap in its command, arguments or environment; undefined when it sets none. */
export function heapBoundOf(snapshot: Snapshot, pod: Pod, view: ContainerView): HeapBound | undefined {
  for (const field of ['args', 'command'] as const) {
    const bound = boundIn(view.spec[field].join(' '));
    if (bound !== undefined) return { ...bound, object: refTo('Pod', pod), path: `${view.path}.${field}` };
  }
  for (const { value, object, path } of environmentOf(snapshot, pod, view).toReversed()) {
    const bound = value === undefined ? undefined : boundIn(value);
    if (bound !== undefined) return { ...bound, object, path };
  }
  return undefined;
}
