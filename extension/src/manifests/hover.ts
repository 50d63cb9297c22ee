import type { Cause } from '@autodevops/domain/diagnosis';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { ClusterSource, LiveObject } from './live/cluster-source.ts';
import { eventLines, stateLines } from './live/live-state.ts';
import { causesOf } from './live/live-problems.ts';
import { placeOfField, placeOfName } from './reading/field-place.ts';
import type { Place } from './reading/field-place.ts';
import { namespaceOf } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { referenceAt } from './definition.ts';
import { apiVersionOf, isKindName } from '@autodevops/domain/kubernetes/kinds';

/** What somebody points at. */
interface Pointed extends Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Plain text in parts: a title, then blocks of lines. */
export interface HoverText {
  readonly title: string;
  readonly blocks: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** The object at an offset: the manifest's own at its kind and name, another at its name. */
export function pointedAt(manifest: Manifest, offset: number, home: string): Pointed | undefined {
  const own = [placeOfField(manifest, ['kind']), placeOfName(manifest)].find(
    ({ start, end }) => start <= offset && offset <= end,
  );
  const { apiVersion, kind, name } = manifest;
  if (own !== undefined) return { apiVersion, kind, name, namespace: namespaceOf(manifest, home), ...own };
  const named = referenceAt({ manifest, offset, home });
  if (named === undefined || !isKindName(named.kind)) return undefined;
  return {
    apiVersion: apiVersionOf(named.kind),
    kind: named.kind,
    namespace: named.namespace,
    name: named.name,
    ...named.place,
  };
}

async function eventsOf(
  source: ClusterSource,
  { kind, namespace, name }: Pointed,
  signal: AbortSignal,
): Promise<readonly LiveObject[]> {
  return await source
    .list(
      {
        apiVersion: 'v1',
        kind: 'Event',
        namespace: namespace === '' ? 'default' : namespace,
        fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}`,
      },
      signal,
    )
    .catch(() => []);
}

function causeLines(causes: readonly Cause[], pointed: Pointed): readonly string[] {
  return causesOf(causes, pointed)
    .slice(0, 3)
    .map(({ code, cause }) => oneLine(`${code}: ${cause}`, 300));
}

/** How what is pointed at stands in the cluster, what happened to it, and what is diagnosed of it, by which rule. */
export async function hoverText(
  pointed: Pointed,
  {
    source,
    causes,
    cluster,
  }: { readonly source: ClusterSource; readonly causes: readonly Cause[]; readonly cluster: string },
  signal: AbortSignal,
): Promise<HoverText> {
  const { apiVersion, kind, namespace, name } = pointed;
  const [live, events] = await Promise.all([
    source.get({ apiVersion, kind, namespace, name }, signal),
    eventsOf(source, pointed, signal),
  ]);
  const state = live === undefined ? [t('It is not in the cluster.')] : stateLines(live);
  const blocks = [
    { title: t('In {0}', cluster), lines: state.length === 0 ? [t('It is there.')] : state },
    { title: t('Diagnosed'), lines: causeLines(causes, pointed) },
    { title: t('Last events'), lines: eventLines(events) },
  ];
  return {
    title: oneLine(namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`, 200),
    blocks: blocks.filter(({ lines }) => lines.length > 0),
  };
}
