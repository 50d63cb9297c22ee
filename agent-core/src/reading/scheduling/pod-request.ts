import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { formatBytes, formatCores, parseQuantity } from '@autodevops/domain/quantity';

/** What the scheduler counts for a pod, by resource: cores, bytes, pieces. */
export type Request = ReadonlyMap<string, number>;

type Quantities = Readonly<Record<string, string>>;

function addTo(total: Map<string, number>, quantities: Quantities): void {
  for (const [resource, quantity] of Object.entries(quantities)) {
    total.set(resource, (total.get(resource) ?? 0) + (parseQuantity(quantity) ?? 0));
  }
}

function raiseTo(total: Map<string, number>, other: Request): void {
  for (const [resource, amount] of other) total.set(resource, Math.max(total.get(resource) ?? 0, amount));
}

/** A limit without a request counts as the request; the API server writes it so, a template may not have it yet. */
function requestsOf(resources: { readonly limits: Quantities; readonly requests: Quantities }): Quantities {
  return { ...resources.limits, ...resources.requests };
}

/**
 * The effective request: containers and sidecars together, or an init container with the sidecars started before it
 * where that is more; requests of the whole pod instead where they are set; plus the runtime class's overhead.
 */
export function requestOf(spec: PodSpec): Request {
  const sidecars = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const init of spec.initContainers) {
    const own = requestsOf(init.resources);
    if (init.restartPolicy === 'Always') addTo(sidecars, own);
    const during = new Map(sidecars);
    if (init.restartPolicy !== 'Always') addTo(during, own);
    raiseTo(peak, during);
  }
  const total = new Map(sidecars);
  for (const container of spec.containers) addTo(total, requestsOf(container.resources));
  raiseTo(total, peak);
  for (const [resource, quantity] of Object.entries(requestsOf(spec.resources))) {
    total.set(resource, parseQuantity(quantity) ?? 0);
  }
  addTo(total, spec.overhead);
  return total;
}

/** `250m`, `1.5Gi`, `2`: an amount of a resource as people write it. */
export function formatAmount(resource: string, amount: number): string {
  if (resource.endsWith('cpu')) return formatCores(amount);
  const bytes = ['memory', 'storage'].some((word) => resource.endsWith(word)) || resource.includes('hugepages-');
  return bytes ? formatBytes(amount) : `${Number(amount.toFixed(2))}`;
}

/** `1.5 CPU`, `4Gi of memory`: an amount within a sentence. */
export function amountText(resource: string, amount: number): string {
  return resource === 'cpu'
    ? `${formatAmount(resource, amount)} CPU`
    : `${formatAmount(resource, amount)} of ${resource}`;
}
