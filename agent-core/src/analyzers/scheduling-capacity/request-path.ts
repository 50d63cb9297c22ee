import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';

/** The container's field that asks for it, for the quotation. */
export function requestPath(
  unscheduled: UnscheduledPod,
  resource: string,
): { path: string; value: string } | undefined {
  const { containers } = unscheduled.pod.spec;
  for (const [index, container] of containers.entries()) {
    for (const field of ['requests', 'limits'] as const) {
      const value = container.resources[field][resource];
      if (value !== undefined) return { path: `spec.containers[${index}].resources.${field}.${resource}`, value };
    }
  }
  return undefined;
}
