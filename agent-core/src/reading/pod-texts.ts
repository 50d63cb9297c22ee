import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAddressKey, portKeysOf, readAssignments } from './key-value.ts';
import type { Assignment } from './key-value.ts';
import { commandTexts } from './command-line.ts';

/** A text that a pod's container is given. */
export interface PodText {
  readonly container: string;
  readonly path: string;
  readonly configMap: string;
  /** What is looked at. */
  readonly value: string;
  /** As it is written: `DB_HOST=db`. */
  readonly shown: string;
  /** The key says that the value is a host. */
  readonly namesHost: boolean;
  /** The port that stands beside it under a key of its own. */
  readonly port?: number;
}

interface Variable extends Assignment {
  readonly path: string;
  readonly configMap: string;
}

function fromConfigMap(map: ConfigMap | undefined, name: string, prefix: string): Variable[] {
  return Object.entries(map?.data ?? {}).map(([key, value]) => ({
    key: prefix + key,
    value,
    path: `data[${key}]`,
    configMap: name,
  }));
}

/** The container's environment as far as it can be known; of a name that is set twice the last counts, as in Kubernetes. */
function environmentOf(snapshot: Snapshot, pod: Pod, at: { container: Container; path: string }): readonly Variable[] {
  const { container, path } = at;
  const { namespace } = pod.metadata;
  const byName = new Map<string, Variable>();
  for (const { prefix, configMapRef } of container.envFrom) {
    if (configMapRef === undefined) continue;
    const map = snapshot.get('ConfigMap', namespace, configMapRef.name);
    for (const variable of fromConfigMap(map, configMapRef.name, prefix ?? '')) byName.set(variable.key, variable);
  }
  for (const [index, variable] of container.env.entries()) {
    const from = variable.valueFrom?.configMapKeyRef;
    if (from === undefined) {
      if (variable.value === undefined) continue;
      const value = expand(variable.value, byName);
      byName.set(variable.name, { key: variable.name, value, path: `${path}.env[${index}]`, configMap: '' });
      continue;
    }
    const value = snapshot.get('ConfigMap', namespace, from.name)?.data[from.key];
    if (value !== undefined) byName.set(variable.name, { key: variable.name, value, path: `data[${from.key}]`, configMap: from.name });
  }
  return [...byName.values()];
}

/** `$(NAME)` as the kubelet replaces it; names that are not known stay. */
function expand(text: string, variables: ReadonlyMap<string, { readonly value: string }>): string {
  if (!text.includes('$(')) return text;
  return text.replace(/\$\(([A-Za-z_][\w.-]{0,200})\)/g, (whole, name: string) => variables.get(name)?.value ?? whole);
}

function readPort(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  return /^\d{1,5}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

function environmentTexts(variables: readonly Variable[], container: string): PodText[] {
  const byKey = new Map(variables.map((v) => [v.key.toLowerCase(), v]));
  return variables
    .filter((v) => v.value !== '')
    .map(({ key, value, path, configMap }) => {
      const namesHost = isAddressKey(key);
      const beside = namesHost ? portKeysOf(key).map((k) => byKey.get(k)).find((v) => readPort(v?.value) !== undefined) : undefined;
      const port = readPort(beside?.value);
      const shown = port === undefined ? `${key}=${value}` : `${key}=${value} ${beside?.key}=${port}`;
      return { container, path, configMap, value, shown, namesHost, ...(port === undefined ? {} : { port }) };
    });
}

const texts = new WeakMap<ConfigMap, readonly PodText[]>();

/** Lines of a ConfigMap's files, where a line is `key: value` or `key=value`; other lines as they are. */
function fileTexts(map: ConfigMap): readonly PodText[] {
  let found = texts.get(map);
  if (found !== undefined) return found;
  const where = { container: '', configMap: map.metadata.name };
  found = Object.entries(map.data).flatMap(([file, content]) =>
    readAssignments(content).map(({ key, value, line, port }) => ({
      ...where,
      path: `data[${file}]`,
      value,
      shown: line,
      namesHost: key !== '' && isAddressKey(key),
      ...(port === undefined ? {} : { port }),
    })),
  );
  texts.set(map, found);
  return found;
}

function mountedConfigMaps(pod: Pod, container: Container): readonly string[] {
  const mounted = new Set(container.volumeMounts.map((m) => m.name));
  const names = new Set<string>();
  for (const volume of pod.spec.volumes) {
    if (!mounted.has(volume.name)) continue;
    if (volume.configMap !== undefined) names.add(volume.configMap.name);
    for (const source of volume.projected?.sources ?? []) if (source.configMap !== undefined) names.add(source.configMap.name);
  }
  names.delete('kube-root-ca.crt');
  return [...names];
}

/** Every text in which a pod's containers may be told of hosts. */
export function podTexts(snapshot: Snapshot, pod: Pod): readonly PodText[] {
  const found: PodText[] = [];
  const places = [
    ...pod.spec.initContainers.map((container, i) => ({ container, path: `spec.initContainers[${i}]` })),
    ...pod.spec.containers.map((container, i) => ({ container, path: `spec.containers[${i}]` })),
  ];
  for (const at of places) {
    const variables = environmentOf(snapshot, pod, at);
    found.push(...environmentTexts(variables, at.container.name));
    const byName = new Map(variables.map((v) => [v.key, v]));
    for (const list of ['command', 'args'] as const) {
      const words = at.container[list].map((word) => expand(word, byName));
      for (const text of commandTexts(words)) {
        found.push({ container: at.container.name, path: `${at.path}.${list}`, configMap: '', ...text });
      }
    }
    for (const name of mountedConfigMaps(pod, at.container)) {
      const map = snapshot.get('ConfigMap', pod.metadata.namespace, name);
      if (map !== undefined) found.push(...fileTexts(map).map((text) => ({ ...text, container: at.container.name })));
    }
  }
  return found;
}
