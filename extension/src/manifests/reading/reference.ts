import type { FieldPath } from './field-path.ts';
import { fieldAt, listAt, mapAt, textAt } from './field-value.ts';
import { containersOf, templatePath } from './pod-template.ts';

/** A key of a ConfigMap or Secret that is asked for. */
interface KeyReference {
  readonly name: string;
  readonly path: FieldPath;
}

/** What an object needs by name. `name` is empty while it is being typed. */
export interface Reference {
  readonly kind: string;
  /** Empty: that of the object. */
  readonly namespace: string;
  readonly name: string;
  /** Of the name. */
  readonly path: FieldPath;
  readonly key?: KeyReference;
  /** It may be absent. */
  readonly optional: boolean;
}

interface Described {
  readonly kind: string;
  readonly value: unknown;
}

function to(kind: string, value: unknown, path: FieldPath, more: Partial<Reference> = {}): readonly Reference[] {
  const at = fieldAt(value, path);
  if (at !== null && typeof at !== 'string') return [];
  return [{ kind, name: at ?? '', namespace: '', path, optional: false, ...more }];
}

/** `configMapKeyRef` and its like: a name, and a key unless the whole is meant. */
function toSource(kind: 'ConfigMap' | 'Secret', value: unknown, path: FieldPath, field = 'name'): readonly Reference[] {
  const source = mapAt(value, ...path);
  const optional = source['optional'] === true;
  const own = to(kind, value, [...path, field], {
    optional,
    ...('key' in source ? { key: { name: textAt(source, 'key'), path: [...path, 'key'] } } : {}),
  });
  const keys = listAt(source, 'items').flatMap((item, index) =>
    to(kind, value, [...path, field], {
      optional,
      key: { name: textAt(item, 'key'), path: [...path, 'items', index, 'key'] },
    }),
  );
  return [...own, ...keys];
}

function inVolumes(value: unknown, spec: FieldPath): readonly Reference[] {
  return listAt(value, ...spec, 'volumes').flatMap((volume, index) => {
    const at = [...spec, 'volumes', index];
    const projected = listAt(volume, 'projected', 'sources').flatMap((_, source) =>
      (['ConfigMap', 'Secret'] as const).flatMap((kind) =>
        toSource(kind, value, [...at, 'projected', 'sources', source, kind === 'Secret' ? 'secret' : 'configMap']),
      ),
    );
    return [
      ...toSource('ConfigMap', value, [...at, 'configMap']),
      ...toSource('Secret', value, [...at, 'secret'], 'secretName'),
      ...projected,
      ...to('PersistentVolumeClaim', value, [...at, 'persistentVolumeClaim', 'claimName']),
    ];
  });
}

function inPods(object: Described): readonly Reference[] {
  const template = templatePath(object.kind);
  if (template === undefined) return [];
  const { value } = object;
  const spec = [...template, 'spec'];
  const containers = containersOf(object).flatMap(({ value: container, path }) => [
    ...listAt(container, 'envFrom').flatMap((_, index) => [
      ...toSource('ConfigMap', value, [...path, 'envFrom', index, 'configMapRef']),
      ...toSource('Secret', value, [...path, 'envFrom', index, 'secretRef']),
    ]),
    ...listAt(container, 'env').flatMap((_, index) => [
      ...toSource('ConfigMap', value, [...path, 'env', index, 'valueFrom', 'configMapKeyRef']),
      ...toSource('Secret', value, [...path, 'env', index, 'valueFrom', 'secretKeyRef']),
    ]),
  ]);
  const pull = listAt(value, ...spec, 'imagePullSecrets').flatMap((_, index) =>
    to('Secret', value, [...spec, 'imagePullSecrets', index, 'name'], { optional: true }),
  );
  return [
    ...containers,
    ...inVolumes(value, spec),
    ...to('ServiceAccount', value, [...spec, 'serviceAccountName']),
    ...pull,
    ...to('PriorityClass', value, [...spec, 'priorityClassName']),
  ];
}

/** Where an Ingress names a Service. */
export function ingressBackends(value: unknown): readonly FieldPath[] {
  const rules = listAt(value, 'spec', 'rules').flatMap((rule, r) =>
    listAt(rule, 'http', 'paths').map((_, p): FieldPath => [
      'spec',
      'rules',
      r,
      'http',
      'paths',
      p,
      'backend',
      'service',
    ]),
  );
  return [['spec', 'defaultBackend', 'service'], ...rules];
}

function inIngress(value: unknown): readonly Reference[] {
  const tls = listAt(value, 'spec', 'tls').flatMap((_, index) =>
    to('Secret', value, ['spec', 'tls', index, 'secretName']),
  );
  return [
    ...ingressBackends(value).flatMap((path) => to('Service', value, [...path, 'name'])),
    ...tls,
    ...to('IngressClass', value, ['spec', 'ingressClassName']),
  ];
}

function inRoute(value: unknown): readonly Reference[] {
  return listAt(value, 'spec', 'rules').flatMap((rule, r) =>
    listAt(rule, 'backendRefs').flatMap((backend, b) =>
      to(textAt(backend, 'kind') || 'Service', value, ['spec', 'rules', r, 'backendRefs', b, 'name'], {
        namespace: textAt(backend, 'namespace'),
      }),
    ),
  );
}

function inBinding(value: unknown): readonly Reference[] {
  const subjects = listAt(value, 'subjects').flatMap((subject, index) =>
    textAt(subject, 'kind') === 'ServiceAccount'
      ? to('ServiceAccount', value, ['subjects', index, 'name'], { namespace: textAt(subject, 'namespace') })
      : [],
  );
  const role = textAt(value, 'roleRef', 'kind');
  return [...(role === '' ? [] : to(role, value, ['roleRef', 'name'])), ...subjects];
}

/** What an object needs by name, with where it says so. */
export function referencesOf(object: Described): readonly Reference[] {
  const { kind, value } = object;
  if (kind === 'Ingress') return inIngress(value);
  if (kind === 'HTTPRoute') return inRoute(value);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') return inBinding(value);
  if (kind === 'PersistentVolumeClaim') return to('StorageClass', value, ['spec', 'storageClassName']);
  if (kind === 'HorizontalPodAutoscaler') {
    return to(textAt(value, 'spec', 'scaleTargetRef', 'kind'), value, ['spec', 'scaleTargetRef', 'name']);
  }
  const claimed =
    kind === 'StatefulSet'
      ? new Set(listAt(value, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name')))
      : new Set<string>();
  return inPods(object).filter((one) => !(one.kind === 'PersistentVolumeClaim' && claimed.has(one.name)));
}
