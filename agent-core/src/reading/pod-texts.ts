import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAddressKey, portKeysOf, readAssignments } from './key-value.ts';
import type { Assignment } from './key-value.ts';
import { commandTexts } from './command-line.ts';
import { perPart } from './per-part.ts';

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
  /** A number: which of the container's variables it is. */
  readonly path: string | number;
  readonly configMap: string;
}

interface Place {
  readonly container: Container;
  /** `spec.containers[0]` */
  readonly path: string;
}

/** Without these a text that is not said to be a host names neither a port, nor a scheme, nor a cluster's own name. */
const telling = /:|\.svc/i;

function mayNameHost({ value, namesHost }: Pick<PodText, 'value' | 'namesHost'>): boolean {
  return namesHost || telling.test(value);
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
function environmentOf(snapshot: Snapshot, pod: Pod, container: Container): readonly Variable[] {
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
      byName.set(variable.name, { key: variable.name, value, path: index, configMap: '' });
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

function environmentTexts(variables: readonly Variable[], at: Place): PodText[] {
  const container = at.container.name;
  let byKey: ReadonlyMap<string, Variable> | undefined;
  // Most variables name no host: what may stand beside one is looked up when it does.
  const portBeside = (key: string): Variable | undefined => {
    const known = (byKey ??= new Map(variables.map((v) => [v.key.toLowerCase(), v])));
    return portKeysOf(key).map((k) => known.get(k)).find((v) => readPort(v?.value) !== undefined);
  };
  return variables.flatMap(({ key, value, path: where, configMap }): PodText[] => {
    const namesHost = value !== '' && isAddressKey(key);
    if (!mayNameHost({ value, namesHost })) return [];
    const path = typeof where === 'number' ? `${at.path}.env[${where}]` : where;
    const beside = namesHost ? portBeside(key) : undefined;
    const port = readPort(beside?.value);
    const shown = port === undefined ? `${key}=${value}` : `${key}=${value} ${beside?.key}=${port}`;
    return [{ container, path, configMap, value, shown, namesHost, ...(port === undefined ? {} : { port }) }];
  });
}

/** Lines of a ConfigMap's files, where a line is `key: value` or `key=value`; other lines as they are. */
const fileTexts = perPart((map: ConfigMap): readonly PodText[] => {
  const where = { container: '', configMap: map.metadata.name };
  return Object.entries(map.data).flatMap(([file, content]) =>
    readAssignments(content)
      .map(({ key, value, line, port }) => ({
        ...where,
        path: `data[${file}]`,
        value,
        shown: line,
        namesHost: key !== '' && isAddressKey(key),
        ...(port === undefined ? {} : { port }),
      }))
      .filter(mayNameHost),
  );
});

function commandLineTexts({ container, path }: Place, variables: readonly Variable[]): PodText[] {
  if (container.command.length === 0 && container.args.length === 0) return [];
  const byName = new Map(variables.map((v) => [v.key, v]));
  return (['command', 'args'] as const).flatMap((list) =>
    commandTexts(container[list].map((word) => expand(word, byName)))
      .filter(mayNameHost)
      .map((text) => ({ container: container.name, path: `${path}.${list}`, configMap: '', ...text })),
  );
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

function mountedTexts(snapshot: Snapshot, pod: Pod, container: Container): PodText[] {
  return mountedConfigMaps(pod, container).flatMap((name) => {
    const map = snapshot.get('ConfigMap', pod.metadata.namespace, name);
    return map === undefined ? [] : fileTexts(map).map((text) => ({ ...text, container: container.name }));
  });
}

/** Names of the ConfigMaps that a pod's containers are told something by. */
export function configMapsOf(pod: Pod): readonly string[] {
  const containers = [...pod.spec.initContainers, ...pod.spec.containers];
  const names = containers.flatMap((container) => [
    ...container.envFrom.flatMap(({ configMapRef }) => (configMapRef === undefined ? [] : [configMapRef.name])),
    ...container.env.flatMap(({ valueFrom }) => (valueFrom?.configMapKeyRef === undefined ? [] : [valueFrom.configMapKeyRef.name])),
    ...mountedConfigMaps(pod, container),
  ]);
  return [...new Set(names)];
}

/** Every text in which a pod's containers may be told of hosts. */
export function podTexts(snapshot: Snapshot, pod: Pod): readonly PodText[] {
  const places: readonly Place[] = (['initContainers', 'containers'] as const).flatMap((list) => pod.spec[list].map((container, i) => ({ container, path: `spec.${list}[${i}]` })));
  return places.flatMap((at) => {
    const variables = environmentOf(snapshot, pod, at.container);
    return [...environmentTexts(variables, at), ...commandLineTexts(at, variables), ...mountedTexts(snapshot, pod, at.container)];
  });
}
