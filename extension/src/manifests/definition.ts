import { find, knownFrom } from './known-objects.ts';
import { placeOfField } from './reading/field-place.ts';
import type { Place } from './reading/field-place.ts';
import { namespaceOf } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { podLabels } from './reading/pod-template.ts';
import { referencesOf } from './reading/reference.ts';
import { textsAt } from './reading/field-value.ts';
import { selects } from './rules/selectors.ts';
import type { WorkspaceObject } from './workspace-manifests.ts';

export interface Asked {
  readonly manifest: Manifest;
  readonly offset: number;
  readonly home: string;
}

function covers({ start, end }: Place, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** An object that a manifest names at an offset. */
export function referenceAt({
  manifest,
  offset,
  home,
}: Asked):
  | { readonly kind: string; readonly namespace: string; readonly name: string; readonly place: Place }
  | undefined {
  for (const { kind, namespace, name, path, key } of referencesOf(manifest)) {
    const places = [placeOfField(manifest, path), ...(key === undefined ? [] : [placeOfField(manifest, key.path)])];
    const place = places.find((one) => covers(one, offset));
    if (place !== undefined && name !== '') {
      return {
        kind,
        name,
        place,
        namespace: namespaceOf({ kind, namespace: namespace || namespaceOf(manifest, home) }, home),
      };
    }
  }
  return undefined;
}

/** Where what is named at an offset is described in the workspace: an object by its name, pods by a selector. */
export function definitionsAt(asked: Asked, objects: readonly WorkspaceObject[]): readonly WorkspaceObject[] {
  const named = referenceAt(asked);
  if (named !== undefined) {
    return find(knownFrom(objects), named.kind, named.namespace, named.name) as readonly WorkspaceObject[];
  }
  const { manifest, offset, home } = asked;
  const selector = manifest.kind === 'Service' ? textsAt(manifest.value, 'spec', 'selector') : {};
  const inSelector = Object.keys(selector).some((key) =>
    covers(placeOfField(manifest, ['spec', 'selector', key]), offset),
  );
  const namespace = namespaceOf(manifest, home);
  return inSelector
    ? objects.filter((one) => one.namespace === namespace && selects(selector, podLabels(one) ?? {}))
    : [];
}
