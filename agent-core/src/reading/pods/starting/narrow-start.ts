import { parseQuantity } from '@autodevops/domain/quantity';
import { startClassOf } from './start-failure-class.ts';
import type { UnstartedContainer } from './start-failure.ts';

/** Within so many bytes the runtime's own start is known to find no room: runc takes 10 to 20 MiB (opencontainers/runc#1980). */
const mostOfRuntime = 32 * 2 ** 20;

/** Why a container may have had too little memory to begin. */
export interface NarrowStart {
  readonly limit: string;
  /** A volume in memory: its files count against the limit, and outlive the container. Empty where it has none. */
  readonly volume: string;
}

/**
 * A container that was lost before its program began, without a word, where memory is short. The kernel kills the runtime's
 * init then, and the runtime knows only that the other end of its pipe is gone (opencontainers/runc#2736, moby/moby#41167).
 */
export function narrowStart({ pod, view, failure }: UnstartedContainer): NarrowStart | undefined {
  if (startClassOf(failure.reason, failure.message) !== 'init-lost') return undefined;
  const limit = view.spec.resources.limits['memory'] ?? '';
  const bytes = parseQuantity(limit) ?? 0;
  if (bytes <= 0) return undefined;
  const mounted = new Set(view.spec.volumeMounts.map(({ name }) => name));
  const volume = pod.spec.volumes.find(({ name, emptyDir }) => emptyDir?.medium === 'Memory' && mounted.has(name));
  return volume === undefined && bytes > mostOfRuntime ? undefined : { limit, volume: volume?.name ?? '' };
}
