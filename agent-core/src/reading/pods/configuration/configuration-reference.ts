import type { Container, PodSpec } from '@autodevops/domain/kubernetes/pod';

/** A ConfigMap or Secret, or a key in one, that a pod needs to start. */
export interface ConfigurationReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Empty when the whole object is meant. */
  readonly key: string;
  readonly optional: boolean;
  /** Where the pod says so: `spec.containers[0].env[2].valueFrom.secretKeyRef`. */
  readonly path: string;
  /** Empty for volumes. */
  readonly container: string;
  /** The variable that takes its value from there; empty for volumes and for what is taken as a whole. */
  readonly variable: string;
}

type Source = { readonly name: string; readonly key?: string; readonly optional?: boolean | undefined } | undefined;

function reference(
  kind: ConfigurationReference['kind'],
  source: Source,
  at: { path: string; container: string; variable: string },
): ConfigurationReference[] {
  if (source === undefined || source.name === '') return [];
  return [{ kind, name: source.name, key: source.key ?? '', optional: source.optional === true, ...at }];
}

function ofContainer(container: Container, path: string): ConfigurationReference[] {
  const from = container.envFrom.flatMap((source, index) => {
    const at = (field: string) => ({
      path: `${path}.envFrom[${index}].${field}`,
      container: container.name,
      variable: '',
    });
    return [
      ...reference('ConfigMap', source.configMapRef, at('configMapRef')),
      ...reference('Secret', source.secretRef, at('secretRef')),
    ];
  });
  const own = container.env.flatMap((variable, index) => {
    const at = (field: string) => ({
      path: `${path}.env[${index}].valueFrom.${field}`,
      container: container.name,
      variable: variable.name,
    });
    const { configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
    return [
      ...reference('ConfigMap', configMapKeyRef, at('configMapKeyRef')),
      ...reference('Secret', secretKeyRef, at('secretKeyRef')),
    ];
  });
  return [...from, ...own];
}

interface VolumeSource {
  readonly name: string;
  readonly optional: boolean | undefined;
  readonly items: readonly { readonly key: string }[];
}

/** A volume needs the object, and each key that it lists. */
function ofSource(
  kind: ConfigurationReference['kind'],
  source: VolumeSource | undefined,
  path: string,
): ConfigurationReference[] {
  if (source === undefined) return [];
  const at = { path, container: '', variable: '' };
  const keys = source.items.flatMap((item, index) =>
    reference(kind, { ...source, key: item.key }, { ...at, path: `${path}.items[${index}].key` }),
  );
  return [...reference(kind, source, at), ...keys];
}

function ofVolumes(spec: PodSpec): ConfigurationReference[] {
  return spec.volumes.flatMap((volume, index) => {
    const path = `spec.volumes[${index}]`;
    const secret = volume.secret === undefined ? undefined : { ...volume.secret, name: volume.secret.secretName };
    const projected = (volume.projected?.sources ?? []).flatMap((source, at) => [
      ...ofSource('ConfigMap', source.configMap, `${path}.projected.sources[${at}].configMap`),
      ...ofSource('Secret', source.secret, `${path}.projected.sources[${at}].secret`),
    ]);
    return [
      ...ofSource('ConfigMap', volume.configMap, `${path}.configMap`),
      ...ofSource('Secret', secret, `${path}.secret`),
      ...projected,
    ];
  });
}

/** Every ConfigMap and Secret that a pod, or a template of pods, refers to, volumes first: they are needed before any container. */
export function configurationReferences({ spec }: { readonly spec: PodSpec }): readonly ConfigurationReference[] {
  return [
    ...ofVolumes(spec),
    ...spec.initContainers.flatMap((container, index) => ofContainer(container, `spec.initContainers[${index}]`)),
    ...spec.containers.flatMap((container, index) => ofContainer(container, `spec.containers[${index}]`)),
  ];
}
