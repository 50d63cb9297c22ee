import type { Facts, PlannedAction } from '@autodevops/domain/change/plan';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refKey } from '@autodevops/domain/object-ref';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import type { BeforeAfter } from './before-after.ts';
import { blastRadius } from './blast-radius.ts';
import { disruptionsAllowed } from './disruption-budget.ts';
import { ifReadable } from './if-readable.ts';
import { owningTools } from './owning-tool.ts';
import type { OwningTool } from './owning-tool.ts';
import { steersTool } from './steers-tool.ts';
import { changedObjects, labelsOf } from './touch.ts';
import type { Touch } from './touch.ts';
import { touchedWorkloads } from './touched-workloads.ts';

export interface FactsWanted {
  readonly actions: readonly PlannedAction[];
  readonly touches: readonly Touch[];
  readonly changes: readonly BeforeAfter[];
  readonly notes: readonly string[];
  /** Whether all of it takes back what has made something ill. */
  readonly restores: boolean | 'unknown';
  /** When the cluster was read, in milliseconds. */
  readonly capturedAt: number;
}

/** Tools by whose own way the object is changed. */
function ownWays(object: ObjectRef, touches: readonly Touch[]): readonly string[] {
  return touches
    .filter((touch) => changedObjects([touch]).some((name) => refKey(name) === refKey(object)))
    .flatMap(({ by }) => by ?? []);
}

async function managedBy(
  { changes, touches }: FactsWanted,
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly OwningTool[]> {
  const found = await Promise.all(
    changes.map(async ({ object, before, after }) => {
      if (before === undefined || steersTool(object)) return [];
      const own = ownWays(object, touches);
      return (await owningTools(before, after, view, signal)).filter(({ tool }) => !own.includes(tool));
    }),
  );
  return [...new Map(found.flat().map((tool) => [`${tool.tool} ${tool.owner}`, tool])).values()];
}

async function labels(
  actions: readonly PlannedAction[],
  view: ClusterView,
  signal: AbortSignal,
): Promise<Record<string, Record<string, string>>> {
  const targets = [...new Map(actions.map(({ request: { target } }) => [refKey(target), target])).values()];
  const objects = await Promise.all(targets.map((target) => ifReadable(() => view.get(target, { signal }))));
  return Object.fromEntries(
    targets.flatMap((target, index) =>
      objects[index] === undefined ? [] : [[refKey(target), { ...labelsOf(objects[index]) }]],
    ),
  );
}

function unseen(facts: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = Object.entries(facts)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  return missing.length === 0
    ? []
    : [`Not everything could be read, so ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not known.`];
}

/** What policy and people judge by. What cannot be read is left out, and said. */
export async function factsOf(wanted: FactsWanted, view: ClusterView, signal: AbortSignal): Promise<Facts> {
  const pods = wanted.touches.flatMap(({ pods: own }) => own);
  const [radius, allowed, managers, workloads, targetLabels] = await Promise.all([
    ifReadable(() => blastRadius(wanted, view, signal)),
    ifReadable(() => disruptionsAllowed(pods, view, signal)),
    ifReadable(() => managedBy(wanted, view, signal)),
    ifReadable(() => touchedWorkloads(wanted.touches, view, signal)),
    labels(wanted.actions, view, signal),
  ]);
  return {
    capturedAt: new Date(wanted.capturedAt).toISOString(),
    ...(radius === undefined ? {} : { blastRadius: radius }),
    ...(allowed === undefined ? {} : { disruptionsAllowed: allowed }),
    ...(managers === undefined ? {} : { managedBy: [...managers] }),
    ...(workloads === undefined ? {} : { workloads: [...workloads] }),
    labels: targetLabels,
    reversible: wanted.actions.every(({ undo }) => undo.operations.length > 0),
    ...(wanted.restores === 'unknown' ? {} : { restores: wanted.restores }),
    notes: [
      ...new Set([
        ...wanted.notes,
        ...unseen({ 'the blast radius': radius, 'who manages it': managers, 'which workloads it touches': workloads }),
      ]),
    ],
  };
}
