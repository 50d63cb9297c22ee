import { formatBytes, formatCores, parseQuantity } from '@autodevops/domain/quantity';

export const resourceNames = ['cpu', 'memory'] as const;
export type ResourceName = (typeof resourceNames)[number];

/** 4 cores and 8 GiB: more than that is a decision about the workload's design, not a repair. */
const most: Readonly<Record<ResourceName, number>> = { cpu: 4, memory: 8 * 2 ** 30 };
const mostTimes = 4;

function text(resource: ResourceName, amount: number): string {
  return resource === 'cpu' ? formatCores(amount) : formatBytes(amount);
}

/** Why a value is out of bounds, one sentence; undefined when it is not. `present` is undefined where nothing is set. */
export function outOfBounds(resource: ResourceName, wanted: string, present: string | undefined): string | undefined {
  const amount = parseQuantity(wanted) ?? 0;
  if (amount <= 0) return `${wanted} of ${resource} is nothing.`;
  if (amount > most[resource]) {
    return `${wanted} of ${resource} is more than the ${text(resource, most[resource])} that this action gives.`;
  }
  const before = parseQuantity(present);
  if (before === undefined || before <= 0 || amount <= before * mostTimes) return undefined;
  return `${wanted} of ${resource} is more than ${mostTimes} times the present ${present}.`;
}
