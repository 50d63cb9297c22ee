import type { ContainerLog } from '@autodevops/domain/snapshot';
import { badRequest, notFound } from './api-status.ts';
import type { ObjectStore } from './object-store.ts';
import type { RawObject } from './raw-object.ts';
import type { Resource } from './resource.ts';

interface LogCall {
  readonly namespace: string;
  readonly pod: string;
  readonly parameters: URLSearchParams;
  readonly store: ObjectStore;
  readonly resource: Resource;
  readonly logs: readonly ContainerLog[];
}

const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /;

function containersOf(pod: RawObject): readonly string[] {
  const spec = (pod['spec'] ?? {}) as Record<string, unknown>;
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((field) => {
    const list = spec[field];
    return Array.isArray(list) ? list.map((one: unknown) => String((one as { name?: unknown } | null)?.name ?? '')) : [];
  });
}

function containerWanted(pod: RawObject, parameters: URLSearchParams): string {
  const all = containersOf(pod);
  const wanted = parameters.get('container') ?? '';
  const name = pod.metadata.name;
  if (wanted === '' && all.length === 1) return all[0] ?? '';
  if (wanted === '') throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${all.join(' ')}]`);
  if (!all.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  return wanted;
}

function tail(lines: readonly string[], parameters: URLSearchParams): readonly string[] {
  const count = parameters.get('tailLines');
  if (count === null) return lines;
  if (!/^\d+$/.test(count)) throw badRequest(`invalid tailLines: ${count}`);
  return count === '0' ? [] : lines.slice(-Number(count));
}

/** The text of a container's log as the kubelet serves it: tail, then stamps, then the limit in bytes. */
export function podLog({ namespace, pod, parameters, store, resource, logs }: LogCall): Buffer {
  const object = store.get(resource, `${namespace}/${pod}`);
  if (object === undefined) throw notFound(`pods "${pod}" not found`);
  const container = containerWanted(object, parameters);
  const previous = parameters.get('previous') === 'true';
  const log = logs.find((one) => one.namespace === namespace && one.pod === pod && one.container === container && one.previous === previous);
  if (log === undefined && previous) throw badRequest(`previous terminated container "${container}" in pod "${pod}" not found`);
  const ended = log === undefined || log.text === '' || log.text.endsWith('\n') ? (log?.text ?? '') : `${log.text}\n`;
  const lines = tail(ended.split(/(?<=\n)/).filter((line) => line !== ''), parameters);
  const stamped = parameters.get('timestamps') === 'true';
  const text = stamped ? lines.join('') : lines.map((line) => line.replace(stamp, '')).join('');
  const bytes = Buffer.from(text);
  const limit = Number(parameters.get('limitBytes') ?? Number.POSITIVE_INFINITY);
  return bytes.length > limit ? bytes.subarray(0, limit) : bytes;
}
