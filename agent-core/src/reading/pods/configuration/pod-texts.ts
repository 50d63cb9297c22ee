import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import type { Container, Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isAddressKey, portKeysOf, readAssignments } from '../../key-value.ts';
import type { Assignment } from '../../key-value.ts';
import { commandTexts } from './command-line.ts';
import { perPart } from '../../per-part.ts';

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
  /** In the container (`env[3]`), or in the ConfigMap. */
  readonly path: string;
  readonly configMap: string;
}

type MapNamed = (name: string) => ConfigMap | undefined;

/** As `PodText`, wherever the container stands. */
type ContainerText = Omit<PodText, 'container'>;

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
function environmentOf({ env, envFrom }: Pick<Container, 'env' | 'envFrom'>, mapNamed: MapNamed): readonly Variable[] {
  const byName = new Map<string, Variable>();
  for (const { prefix, configMapRef } of envFrom) {
    if (configMapRef === undefined) continue;
    for (const variable of fromConfigMap(mapNamed(configMapRef.name), configMapRef.name, prefix ?? '')) {
      byName.set(variable.key, variable);
    }
  }
  for (const [index, variable] of env.entries()) {
    const from = variable.valueFrom?.configMapKeyRef;
    if (from === undefined) {
      if (variable.value === undefined) continue;
      const value = expand(variable.value, byName);
      byName.set(variable.name, { key: variable.name, value, path: `env[${index}]`, configMap: '' });
      continue;
    }
    const value = mapNamed(from.name)?.data[from.key];
    if (value !== undefined) {
      byName.set(variable.name, { key: variable.name, value, path: `data[${from.key}]`, configMap: from.name });
    }
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

function environmentTexts(variables: readonly Variable[]): ContainerText[] {
  let byKey: ReadonlyMap<string, Variable> | undefined;
  // Most variables name no host: what may stand beside one is looked up when it does.
  const portBeside = (key: string): Variable | undefined => {
    const known = (byKey ??= new Map(variables.map((v) => [v.key.toLowerCase(), v])));
    return portKeysOf(key)
      .map((k) => known.get(k))
      .find((v) => readPort(v?.value) !== undefined);
  };
  return variables.flatMap(({ key, value, path, configMap }): ContainerText[] => {
    const namesHost = value !== '' && isAddressKey(key);
    if (!mayNameHost({ value, namesHost })) return [];
    const beside = namesHost ? portBeside(key) : undefined;
    const port = readPort(beside?.value);
    const shown = port === undefined ? `${key}=${value}` : `${key}=${value} ${beside?.key}=${port}`;
    return [{ path, configMap, value, shown, namesHost, ...(port === undefined ? {} : { port }) }];
  });
}

/** Lines of a ConfigMap's files, where a line is `key: value` or `key=value`; other lines as they are. */
const fileTexts = perPart((map: ConfigMap): readonly ContainerText[] => {
  const where = { configMap: map.metadata.name };
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

type Told = Pick<Container, 'env' | 'envFrom' | 'command' | 'args'>;

function commandLineTexts({ command, args }: Told, variables: readonly Variable[]): ContainerText[] {
  if (command.length === 0 && args.length === 0) return [];
  const byName = new Map(variables.map((v) => [v.key, v]));
  return Object.entries({ command, args }).flatMap(([path, words]) =>
    commandTexts(words.map((word) => expand(word, byName)))
      .filter(mayNameHost)
      .map((text) => ({ path, configMap: '', ...text })),
  );
}

/** Environment and command line. */
function toldTexts(told: Told, mapNamed: MapNamed): readonly ContainerText[] {
  const variables = environmentOf(told, mapNamed);
  return [...environmentTexts(variables), ...commandLineTexts(told, variables)];
}

const nothingFrom: Container['envFrom'] = [];
const noMap: MapNamed = () => undefined;

/** The same where no ConfigMap has a part in it: read once for all containers that share these lists. */
const plainTexts = perPart((env: Container['env']) =>
  perPart((command: Container['command']) =>
    perPart((args: Container['args']) => toldTexts({ env, command, args, envFrom: nothingFrom }, noMap)),
  ),
);

function isPlain({ env, envFrom }: Container): boolean {
  return envFrom.length === 0 && !env.some(({ valueFrom }) => valueFrom?.configMapKeyRef !== undefined);
}

function mountedConfigMaps(pod: Pod, container: Container): readonly string[] {
  const mounted = new Set(container.volumeMounts.map((m) => m.name));
  const names = new Set<string>();
  for (const volume of pod.spec.volumes) {
    if (!mounted.has(volume.name)) continue;
    if (volume.configMap !== undefined) names.add(volume.configMap.name);
    for (const source of volume.projected?.sources ?? []) {
      if (source.configMap !== undefined) names.add(source.configMap.name);
    }
  }
  names.delete('kube-root-ca.crt');
  return [...names];
}

/** Names of the ConfigMaps that a pod's containers are told something by. */
export function configMapsOf(pod: Pod): readonly string[] {
  const containers = [...pod.spec.initContainers, ...pod.spec.containers];
  const names = containers.flatMap((container) => [
    ...container.envFrom.flatMap(({ configMapRef }) => (configMapRef === undefined ? [] : [configMapRef.name])),
    ...container.env.flatMap(({ valueFrom }) =>
      valueFrom?.configMapKeyRef === undefined ? [] : [valueFrom.configMapKeyRef.name],
    ),
    ...mountedConfigMaps(pod, container),
  ]);
  return [...new Set(names)];
}

function containerTexts(
  container: Container,
  path: string,
  maps: { readonly named: MapNamed; readonly mounted: readonly string[] },
): PodText[] {
  const { name, env, command, args } = container;
  const own = isPlain(container) ? plainTexts(env)(command)(args) : toldTexts(container, maps.named);
  const files = maps.mounted.flatMap((map) => {
    const found = maps.named(map);
    return found === undefined ? [] : fileTexts(found);
  });
  const placed = own.map((text) => ({
    ...text,
    container: name,
    path: text.configMap === '' ? `${path}.${text.path}` : text.path,
  }));
  return [...placed, ...files.map((text) => ({ ...text, container: name }))];
}

/** Every text in which a pod's containers may be told of hosts. */
export function podTexts(snapshot: Snapshot, pod: Pod): readonly PodText[] {
  const named: MapNamed = (name) => snapshot.get('ConfigMap', pod.metadata.namespace, name);
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    pod.spec[list].flatMap((container, i) =>
      containerTexts(container, `spec.${list}[${i}]`, { named, mounted: mountedConfigMaps(pod, container) }),
    ),
  );
}
