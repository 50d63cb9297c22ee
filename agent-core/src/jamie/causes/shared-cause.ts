import { refKey } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { CauseGroup } from './cause-group.ts';
import { byWeight } from './explanation.ts';
import type { Explained } from './explanation.ts';

/** From so many workloads or namespaces on it is one trouble of the cluster. */
const manyWorkloads = 5;
const manyNamespaces = 3;

/** What troubles a group from outside of its workload; undefined for what is its own. */
function sharedBy({ findings }: CauseGroup): string | undefined {
  const [speaker] = findings;
  return speaker?.sharedWith === undefined ? undefined : `${speaker.code}|${speaker.sharedWith}`;
}

/** Other workloads that a cause explains because the same thing is missing to them. */
export function alikeIn({ root, symptoms }: Explained): readonly CauseGroup[] {
  const key = sharedBy(root);
  return key === undefined
    ? []
    : symptoms.filter((group) => sharedBy(group) === key && refKey(group.object) !== refKey(root.object));
}

function told(together: readonly Explained[], asked: (root: CauseGroup) => boolean): Explained | undefined {
  const [first, ...others] = together.toSorted(
    (a, b) =>
      Number(asked(b.root)) - Number(asked(a.root)) ||
      b.symptoms.length - a.symptoms.length ||
      byWeight(a.root, b.root),
  );
  if (first === undefined) return undefined;
  const symptoms = new Set([...first.symptoms, ...others.flatMap((other) => [other.root, ...other.symptoms])]);
  return { root: first.root, symptoms: [...symptoms] };
}

/** Lists of causes that are to be told together: those of a namespace, or all when they are many. */
function bundles(same: readonly Explained[]): readonly (readonly Explained[])[] {
  const namespaces = new Set(same.map(({ root }) => root.object.namespace));
  if (namespaces.size >= manyNamespaces || new Set(same.map(({ root }) => refKey(root.object))).size >= manyWorkloads) {
    return [same];
  }
  const perNamespace = new Map<string, Explained[]>();
  for (const one of same) pushTo(perNamespace, one.root.object.namespace, one);
  return [...perNamespace.values()];
}

/**
 * Causes that name the same thing outside of their workloads, told as one: a registry that does not answer stops
 * twelve Deployments once. `apart` keeps out what must stay by itself (what is suppressed); it is told of a workload that
 * was `asked` about where there is one. The order of the input does not matter.
 */
export function tellSharedOnce(
  explained: readonly Explained[],
  { apart, asked }: { readonly apart: (root: CauseGroup) => boolean; readonly asked: (root: CauseGroup) => boolean },
): readonly Explained[] {
  const single: Explained[] = [];
  const byKey = new Map<string, Explained[]>();
  for (const one of explained) {
    const key = apart(one.root) ? undefined : sharedBy(one.root);
    if (key === undefined) single.push(one);
    else pushTo(byKey, key, one);
  }
  const merged = [...byKey.values()].flatMap(bundles).map((together) => told(together, asked));
  return [...single, ...merged.filter((one) => one !== undefined)];
}
