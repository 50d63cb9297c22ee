import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { outputOf } from '../../output/output-line.ts';
import type { OutputLine } from '../../output/output-line.ts';
import { environmentOf } from '../configuration/environment.ts';
import type { ContainerView } from '../pod-status.ts';

/** How large a program may let its own heap grow, and where it is told so or tells it. */
export interface HeapBound {
  readonly bytes: number;
  /** As it is written: `-Xmx2g`. */
  readonly option: string;
  /** The field that sets it; undefined where the program works it out by itself. */
  readonly field: { readonly object: ObjectRef; readonly path: string } | undefined;
  /** The line in which the program tells it. */
  readonly line: OutputLine | undefined;
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `-Xmx2g` and `-XX:MaxHeapSize=2g` of the JVM, `--max-old-space-size=2048` (MiB) of V8; the last one wins, as it does there. */
function boundIn(text: string): Pick<HeapBound, 'bytes' | 'option'> | undefined {
  const java = [...text.matchAll(/(?:-Xmx|-XX:MaxHeapSize=)(\d{1,12})([kmgtb]?)\b/gi)].at(-1);
  if (java !== undefined) {
    return { option: java[0], bytes: Number(java[1]) * (units[(java[2] ?? '').toLowerCase()] ?? 1) };
  }
  const node = [...text.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d{1,7})\b/g)].at(-1);
  return node === undefined ? undefined : { option: node[0], bytes: Number(node[1]) * 2 ** 20 };
}

/** What a JVM works out where nobody tells it, as `-XshowSettings:vm` prints it: `Max. Heap Size (Estimated): 3.56G`. */
function toldBound(output: readonly OutputLine[]): HeapBound | undefined {
  for (const line of output) {
    const told = /max\. heap size \(estimated\): (\d{1,6}(?:\.\d{1,3})?)([kmgt])\b/i.exec(line.text);
    if (told !== null) {
      return {
        option: told[0],
        bytes: Number(told[1]) * (units[(told[2] ?? '').toLowerCase()] ?? 1),
        field: undefined,
        line,
      };
    }
  }
  return undefined;
}

/** The bound that a container sets for its heap in its command, arguments or environment, else the one that it tells of itself. */
export function heapBoundOf(snapshot: Snapshot, pod: Pod, view: ContainerView): HeapBound | undefined {
  for (const field of ['args', 'command'] as const) {
    const bound = boundIn(view.spec[field].join(' '));
    if (bound !== undefined) {
      return { ...bound, field: { object: refTo('Pod', pod), path: `${view.path}.${field}` }, line: undefined };
    }
  }
  for (const { value, object, path } of environmentOf(snapshot, pod, view).toReversed()) {
    const bound = value === undefined ? undefined : boundIn(value);
    if (bound !== undefined) return { ...bound, field: { object, path }, line: undefined };
  }
  return toldBound(outputOf(snapshot, pod, view));
}
