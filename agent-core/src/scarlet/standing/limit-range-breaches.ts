import type { LimitRange } from '@autodevops/domain/kubernetes/cluster';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Live } from '../action.ts';

type Quantities = Readonly<Record<string, string>>;
type Item = LimitRange['spec']['limits'][number];

/** Requests and limits of one container as its template has them. */
export interface ContainerResources {
  readonly requests: Quantities;
  readonly limits: Quantities;
}

/** As admission fills in what is not set: the limit as the request, then the range's defaults. */
function admitted({ requests, limits }: ContainerResources, item: Item): ContainerResources {
  return { limits: { ...item.default, ...limits }, requests: { ...item.defaultRequest, ...limits, ...requests } };
}

function over(value: string | undefined, bound: string): boolean {
  return value !== undefined && (parseQuantity(value) ?? 0) > (parseQuantity(bound) ?? Infinity);
}

function breachesOf(item: Item, { requests, limits }: ContainerResources): readonly string[] {
  const most = Object.entries(item.max).filter(([resource, bound]) =>
    over(limits[resource] ?? requests[resource], bound),
  );
  const least = Object.entries(item.min).filter(([resource, bound]) => over(bound, requests[resource] ?? bound));
  const ratio = Object.entries(item.maxLimitRequestRatio).filter(([resource, bound]) => {
    const [limit, request] = [parseQuantity(limits[resource]), parseQuantity(requests[resource])];
    return (
      limit !== undefined &&
      request !== undefined &&
      request > 0 &&
      limit / request > (parseQuantity(bound) ?? Infinity)
    );
  });
  const crossed = Object.keys(requests).filter(
    (resource) => limits[resource] !== undefined && over(requests[resource], limits[resource] ?? ''),
  );
  const whose = item.type === 'Pod' ? ' for a whole pod' : '';
  return [
    ...most.map(([resource, bound]) => `allows at most ${bound} of ${resource}${whose}`),
    ...least.map(([resource, bound]) => `asks for at least ${bound} of ${resource}${whose}`),
    ...ratio.map(([resource, bound]) => `allows a limit of ${resource} of at most ${bound} times the request${whose}`),
    ...crossed.map((resource) => `gives a default limit of ${resource} below the request`),
  ];
}

/** What containers have together, of resources that each of them says. */
function together(all: readonly ContainerResources[]): ContainerResources {
  const sum = (list: keyof ContainerResources): Quantities =>
    Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => {
        const amounts = all.map((own) =>
          parseQuantity(own[list][resource] ?? (list === 'requests' ? own.limits[resource] : undefined)),
        );
        return amounts.includes(undefined)
          ? []
          : [[resource, String(amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0))]];
      }),
    );
  return { requests: sum('requests'), limits: sum('limits') };
}

/** What LimitRanges of the namespace have against a container with these resources, or against its pod, one sentence each. */
export async function limitRangeBreaches(
  namespace: string,
  container: ContainerResources,
  beside: readonly ContainerResources[],
  live: Live,
): Promise<readonly string[]> {
  const ranges = await live.cluster.list({ apiVersion: 'v1', kind: 'LimitRange', namespace }, { signal: live.signal });
  return ranges
    .map((raw) => kinds.LimitRange.shape.read(raw))
    .flatMap(({ metadata, spec }) =>
      spec.limits.flatMap((item) => {
        if (item.type !== 'Container' && item.type !== 'Pod') return [];
        const resources = item.type === 'Pod' ? together([container, ...beside]) : admitted(container, item);
        return breachesOf(item, resources).map((text) => `LimitRange ${namespace}/${metadata.name} ${text}.`);
      }),
    );
}
