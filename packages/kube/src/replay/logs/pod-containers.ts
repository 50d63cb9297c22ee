import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';

type Json = Readonly<Record<string, unknown>>;

function recordsAt(parent: unknown, field: string): readonly Json[] {
  const list = isRecord(parent) ? parent[field] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function namesOf(containers: readonly Json[]): readonly string[] {
  return containers.map((container) => container['name']).filter((name): name is string => typeof name === 'string');
}

export interface ContainerNames {
  readonly regular: readonly string[];
  readonly init: readonly string[];
  readonly ephemeral: readonly string[];
}

export function containerNames(pod: RawObject): ContainerNames {
  const { spec } = pod;
  return {
    regular: namesOf(recordsAt(spec, 'containers')),
    init: namesOf(recordsAt(spec, 'initContainers')),
    ephemeral: namesOf(recordsAt(spec, 'ephemeralContainers')),
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((held, field) => (isRecord(held) ? held[field] : undefined), value);
}

function statusOf(pod: RawObject, container: string): Json | undefined {
  const lists = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'];
  return lists.flatMap((field) => recordsAt(pod['status'], field)).find((status) => status['name'] === container);
}

/** Why the container has not run yet, `ContainerCreating`; undefined when it has, or when the status does not say. */
export function waitingReason(pod: RawObject, container: string): string | undefined {
  const status = statusOf(pod, container);
  const reason = at(status, 'state', 'waiting', 'reason');
  return typeof reason === 'string' && at(status, 'lastState', 'terminated') === undefined ? reason : undefined;
}

/** A time at which the container ran: the best that can be said of lines that were recorded without one. */
export function timeOfRun(pod: RawObject, container: string, previous: boolean): string {
  const status = statusOf(pod, container);
  const before = [
    at(status, 'lastState', 'terminated', 'startedAt'),
    at(status, 'lastState', 'terminated', 'finishedAt'),
  ];
  const now = [at(status, 'state', 'running', 'startedAt'), at(status, 'state', 'terminated', 'startedAt')];
  const times = [...(previous ? before : [...now, ...before]), pod.metadata['creationTimestamp']];
  const found = times.find((time) => typeof time === 'string' && !Number.isNaN(Date.parse(time)));
  return new Date(typeof found === 'string' ? found : 0).toISOString().replace(/Z$/, '000000Z');
}
