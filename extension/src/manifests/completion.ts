import { keysOfAll, find, namesOf } from './known-objects.ts';
import type { KnownObjects } from './known-objects.ts';
import type { FieldPath } from './reading/field-path.ts';
import { samePath } from './reading/field-path.ts';
import { fieldPathAt } from './reading/field-place.ts';
import { fieldAt, textAt, textsAt } from './reading/field-value.ts';
import { namespaceOf } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { containersOf, declaredPorts } from './reading/pod-template.ts';
import { ingressBackends, referencesOf } from './reading/reference.ts';
import type { Reference } from './reading/reference.ts';
import { portsOf } from './rules/ports.ts';
import { selectedBy, workloadsIn } from './rules/selectors.ts';

export interface Completion {
  readonly text: string;
  /** What it is: `ConfigMap of shop`. */
  readonly detail: string;
}

/** Where a cursor is. */
interface CompletionPlace {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly home: string;
}

export function completionPlace(
  manifests: readonly Manifest[],
  text: string,
  offset: number,
  home: string,
): CompletionPlace | undefined {
  for (const manifest of manifests) {
    const path = fieldPathAt(manifest, text, offset);
    if (path !== undefined) return { manifest, path, home };
  }
  return undefined;
}

function nameOrKey({
  manifest,
  path,
}: CompletionPlace): { readonly reference: Reference; readonly key: boolean } | undefined {
  for (const reference of referencesOf(manifest)) {
    if (samePath(reference.path, path)) return { reference, key: false };
    if (reference.key !== undefined && samePath(reference.key.path, path)) return { reference, key: true };
  }
  return undefined;
}

/** Kinds that have to be known, with their namespaces, to complete at this place. */
export function kindsForCompletion(
  place: CompletionPlace,
): readonly { readonly kind: string; readonly namespace: string }[] {
  const namespace = namespaceOf(place.manifest, place.home);
  const named = nameOrKey(place);
  if (named !== undefined) {
    return [
      {
        kind: named.reference.kind,
        namespace: namespaceOf(
          { kind: named.reference.kind, namespace: named.reference.namespace || namespace },
          place.home,
        ),
      },
    ];
  }
  const last = place.path.at(-1);
  if (last === 'image' || isTargetPort(place) || isSelector(place)) {
    return ['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => ({ kind, namespace }));
  }
  return isBackendPort(place) ? [{ kind: 'Service', namespace }] : [];
}

function isTargetPort({ manifest, path }: CompletionPlace): boolean {
  return manifest.kind === 'Service' && path.at(-1) === 'targetPort';
}

function isSelector({ manifest, path }: CompletionPlace): boolean {
  return manifest.kind === 'Service' && path.length === 3 && path[1] === 'selector';
}

function isBackendPort({ manifest, path }: CompletionPlace): boolean {
  return manifest.kind === 'Ingress' && path.at(-2) === 'port' && (path.at(-1) === 'number' || path.at(-1) === 'name');
}

function ofReference(place: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const named = nameOrKey(place);
  if (named === undefined) return [];
  const {
    reference: { kind, name, namespace: stated },
    key,
  } = named;
  const namespace = namespaceOf({ kind, namespace: stated || namespaceOf(place.manifest, place.home) }, place.home);
  if (key) return keysOfAll(find(known, kind, namespace, name)).map((text) => ({ text, detail: `${kind} ${name}` }));
  return namesOf(known.list(kind, namespace)).map((text) => ({
    text,
    detail: namespace === '' ? kind : `${kind} · ${namespace}`,
  }));
}

function ofPorts(place: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const { manifest, home } = place;
  const workloads = selectedBy(textsAt(manifest.value, 'spec', 'selector'), known, namespaceOf(manifest, home));
  return portsOf(workloads).flatMap(({ name, number }) => [
    ...(name === '' ? [] : [{ text: name, detail: String(number) }]),
    { text: String(number), detail: name },
  ]);
}

function ofProbe({ manifest, path }: CompletionPlace): readonly Completion[] {
  if (path.at(-1) !== 'port' || !['httpGet', 'tcpSocket', 'grpc'].includes(String(path.at(-2)))) return [];
  const container = containersOf(manifest).find((one) => one.path.every((step, at) => step === path[at]));
  const ports = container === undefined ? [] : declaredPorts(container.value);
  return ports.flatMap(({ name, number }) => [
    ...(name === '' || path.at(-2) === 'grpc' ? [] : [{ text: name, detail: String(number) }]),
    { text: String(number), detail: name },
  ]);
}

function ofBackend({ manifest, path, home }: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const backend = ingressBackends(manifest.value).find((one) => one.every((step, at) => step === path[at]));
  const field = String(path.at(-1));
  if (backend === undefined) return [];
  const services = find(known, 'Service', namespaceOf(manifest, home), textAt(manifest.value, ...backend, 'name'));
  const ports = services
    .flatMap(({ value }) => fieldAt(value, ['spec', 'ports']))
    .filter((port) => textAt(port, field === 'number' ? 'port' : 'name') !== '');
  return ports.map((port) => ({
    text: textAt(port, field === 'number' ? 'port' : 'name'),
    detail: textAt(port, field === 'number' ? 'name' : 'port'),
  }));
}

function ofImages({ manifest, home }: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const workloads = workloadsIn(known, namespaceOf(manifest, home));
  const images = workloads.flatMap((one) =>
    containersOf(one).map(({ value }) => ({ text: textAt(value, 'image'), detail: `${one.kind} ${one.name}` })),
  );
  return [...new Map(images.filter(({ text }) => text !== '').map((one) => [one.text, one])).values()];
}

function ofLabels({ manifest, path, home }: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const key = String(path.at(-1));
  const values = workloadsIn(known, namespaceOf(manifest, home)).flatMap((one) => {
    const value = textsAt(one.value, ...(one.kind === 'Pod' ? [] : ['spec', 'template']), 'metadata', 'labels')[key];
    return value === undefined ? [] : [{ text: value, detail: `${one.kind} ${one.name}` }];
  });
  return [...new Map(values.map((one) => [one.text, one])).values()];
}

/** Names that exist and fit at this place. */
export function completionsAt(place: CompletionPlace, known: KnownObjects): readonly Completion[] {
  const named = ofReference(place, known);
  if (named.length > 0) return named;
  if (isTargetPort(place)) return ofPorts(place, known);
  if (isBackendPort(place)) return ofBackend(place, known);
  if (isSelector(place)) return ofLabels(place, known);
  const isImage =
    place.path.at(-1) === 'image' &&
    containersOf(place.manifest).some(({ path }) => samePath([...path, 'image'], place.path));
  return isImage ? ofImages(place, known) : ofProbe(place);
}
