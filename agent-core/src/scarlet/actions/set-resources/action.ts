import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { autoscalersOf } from '../../standing/autoscalers-of.ts';
import { differenceSteps } from '../../patches/difference-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { limitRangeBreaches } from '../../standing/limit-range-breaches.ts';
import type { ContainerResources } from '../../standing/limit-range-breaches.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { quotaShortages } from '../../standing/quota-shortage.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';
import { containerPlace, containerPlaces, templateKinds } from '../../targets/workload-template.ts';
import type { ContainerPlace } from '../../targets/workload-template.ts';
import { outOfBounds } from './bounds.ts';
import { Params, resourcesAt, valueChanges, withChanges } from './wanted.ts';
import type { ValueChange } from './wanted.ts';

/** Pods that run at the same time with this template. */
function podCount(workload: Manifest): number {
  const path = {
    DaemonSet: ['status', 'desiredNumberScheduled'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'],
  }[workload.kind] ?? ['spec', 'replicas'];
  return Number(fieldAt(workload, path) ?? 1);
}

function lowers({ from, to }: ValueChange): boolean {
  return from !== undefined && (parseQuantity(to) ?? 0) < (parseQuantity(from) ?? 0);
}

/** The container's present resources, and those of the containers that run beside it. */
interface Place {
  readonly namespace: string;
  readonly before: ContainerResources;
  readonly beside: readonly ContainerResources[];
}

/** Init containers end before the others begin, so nothing runs beside them. */
function besideOf(workload: Manifest, place: ContainerPlace): readonly ContainerResources[] {
  const others = containerPlaces(workload).filter((other) => !other.init && !place.init && other.name !== place.name);
  return others.map((other) => resourcesAt(workload, other.path));
}

/** Why the present values cannot stay: only then may one be lowered. Empty when they can. */
async function faultsOf({ before: present, beside, namespace }: Place, live: Live): Promise<readonly string[]> {
  const nodes = await live.cluster.list({ apiVersion: 'v1', kind: 'Node', namespace: '' }, { signal: live.signal });
  const allocatable = nodes.map((node) => kinds.Node.shape.read(node).status.allocatable);
  const largest = (resource: string): number =>
    Math.max(0, ...allocatable.map((amounts) => parseQuantity(amounts[resource]) ?? 0));
  const tooLarge = Object.entries(present.requests).filter(
    ([resource, value]) => nodes.length > 0 && (parseQuantity(value) ?? 0) > largest(resource),
  );
  return [
    ...tooLarge.map(([resource, value]) => `No node has the ${value} of ${resource} that it requests.`),
    ...(await limitRangeBreaches(namespace, present, beside, live)),
  ];
}

function growthOf(before: ContainerResources, after: ContainerResources, pods: number): ReadonlyMap<string, number> {
  const amount = (value: string | undefined): number => parseQuantity(value) ?? 0;
  return new Map(
    ['cpu', 'memory'].flatMap((resource) => {
      const request =
        amount(after.requests[resource] ?? after.limits[resource]) -
        amount(before.requests[resource] ?? before.limits[resource]);
      const limit = amount(after.limits[resource]) - amount(before.limits[resource]);
      return [
        [`requests.${resource}`, request * pods],
        [resource, request * pods],
        [`limits.${resource}`, limit * pods],
      ] as [string, number][];
    }),
  );
}

/** What the container has now, whatever earlier actions of the plan give it. */
async function standingBefore(
  target: ObjectRef,
  container: string,
  { before, signal }: Live,
): Promise<ContainerResources | undefined> {
  const workload = await before?.get(target, { signal });
  return workload === undefined ? undefined : resourcesAt(workload, containerPlace(workload, container).path);
}

function checkValues(
  changes: readonly ValueChange[],
  after: ContainerResources,
  present: ContainerResources | undefined,
): void {
  for (const { list, resource, from, to } of changes) {
    const why = outOfBounds(resource, to, present === undefined ? from : present[list][resource]);
    if (why !== undefined) refuse(why, 'Change it in the manifest, where it can be reviewed.');
  }
  for (const [resource, request] of Object.entries(after.requests)) {
    const limit = after.limits[resource];
    if (limit !== undefined && (parseQuantity(request) ?? 0) > (parseQuantity(limit) ?? 0)) {
      refuse(
        `The request of ${request} of ${resource} would be above the limit of ${limit}.`,
        'Raise the limit with it.',
      );
    }
  }
}

async function checkRoom(
  workload: Manifest,
  { before, beside, namespace }: Place,
  after: ContainerResources,
  live: Live,
): Promise<void> {
  const [breach] = await limitRangeBreaches(namespace, after, beside, live);
  if (breach !== undefined) refuse(breach, 'Choose a value that it allows.');
  const [shortage] = await quotaShortages(namespace, growthOf(before, after, podCount(workload)), live);
  if (shortage !== undefined) refuse(shortage, 'Free some of the quota first, or have it raised.');
}

async function autoscalerNotes(
  workload: Manifest,
  changes: readonly ValueChange[],
  live: Live,
): Promise<readonly string[]> {
  if (workload.kind === 'CronJob' || !changes.some((change) => change.list === 'requests')) return [];
  const scalers = await autoscalersOf(workload, live);
  return scalers.map(
    (scaler) =>
      `HorizontalPodAutoscaler ${scaler.metadata.name} may measure against the request and scale otherwise than before.`,
  );
}

function changeText({ list, resource, from, to }: ValueChange): string {
  return `${resource} ${list === 'limits' ? 'limit' : 'request'} ${from === undefined ? `to ${to}` : `from ${from} to ${to}`}`;
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await rollingTarget(target, live);
  const place = containerPlace(workload, params.container);
  const before = resourcesAt(workload, place.path);
  const standing: Place = { namespace: target.namespace, before, beside: besideOf(workload, place) };
  const changes = valueChanges(before, params);
  if (changes.length === 0) {
    return refuse(
      `Container "${place.name}" of ${refText(target)} has these values already.`,
      'Nothing is to be done.',
    );
  }
  const after = withChanges(before, changes);
  checkValues(changes, after, await standingBefore(target, params.container, live));
  const lowered = changes.find(lowers);
  const faults = lowered === undefined ? [] : await faultsOf(standing, live);
  if (lowered !== undefined && faults.length === 0) {
    return refuse(
      `This would lower the ${changeText(lowered)}, and nothing is wrong with the present value.`,
      'Change it in the manifest, where it can be reviewed.',
    );
  }
  await checkRoom(workload, standing, after, live);
  const fresh = changes.filter((change) => change.list === 'limits' && change.from === undefined);
  const present = (fieldAt(workload, [...place.path, 'resources']) ?? {}) as object;
  const lists = Object.fromEntries(
    Object.entries(after).filter(([, values]) => Object.keys(values as object).length > 0),
  );
  return await templateChange(
    workload,
    {
      steps: [...place.guard, ...differenceSteps(workload, [...place.path, 'resources'], { ...present, ...lists })],
      sentences: inThreeTenses(
        ['Set', 'Setting', 'Set'],
        `the ${changes.map(changeText).join(', the ')} for container "${place.name}" of ${refText(target)}`,
      ),
      back: `Sets the values of container "${place.name}" back.`,
      notes: [
        ...faults,
        ...fresh.map(
          ({ resource }) =>
            `It had no limit of ${resource} before${resource === 'memory' ? ': from now on it is killed above it' : ''}.`,
        ),
        ...(await autoscalerNotes(workload, changes, live)),
      ],
      ...(lowered !== undefined || fresh.length > 0 ? { risk: 'medium' as const } : {}),
    },
    live,
  );
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  const place = containerPlace(workload, params.container);
  const [lost] = valueChanges(resourcesAt(workload, place.path), params);
  return lost === undefined
    ? templateStanding(workload)
    : putBack(workload, `the ${lost.resource} ${lost.list === 'limits' ? 'limit' : 'request'} of ${lost.to}`);
}

export const setResources = action<Params>({
  name: 'set-resources',
  title: 'Set requests and limits of a container',
  kinds: templateKinds,
  params: Params,
  risk: 'low',
  patience: 600,
  plan,
  verify,
});
