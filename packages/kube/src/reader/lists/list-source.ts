import { secret } from '@autodevops/domain/kubernetes/cluster';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Shape } from '@autodevops/domain/kubernetes/shape';
import { readSecret } from './tls-certificate.ts';

/** One list that is asked for: all of a kind, or a part of it that is read in its own way. */
export interface ListSource {
  /** `/apis/apps/v1` */
  readonly root: string;
  readonly plural: string;
  /** Parameters beside those of paging: `fieldSelector=...`, encoded; may be empty. */
  readonly parameters: string;
  readonly accept: string;
  /** How many objects the first page is asked for. */
  readonly firstPage: number;
  readonly read: (raw: unknown) => object;
  /**
   * Reads the same part by part, where objects resemble those beside them. The bytes of the last one then stay in memory:
   * not for what may be secret, or large.
   */
  readonly shape?: Shape<object>;
}

const json = 'application/json';
/** Metadata only: a fraction of the bytes where nothing else is read. */
const metadataOnly =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json';
/** Kinds whose objects may be large (up to 1 MiB each): their pages begin small. */
const large: ReadonlySet<KindName> = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition', 'ControllerRevision']);
const helmRelease = 'helm.sh/release.v1';

/** `/api/v1`, `/apis/apps/v1` */
export function apiRoot(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** The path of a source's list, in one namespace or in all. */
export function listPath(source: Pick<ListSource, 'root' | 'plural'>, namespace: string | undefined): string {
  return `${source.root}/${namespace === undefined ? '' : `namespaces/${encodeURIComponent(namespace)}/`}${source.plural}`;
}

/**
 * The lists that make up a kind in a version. Secrets are two: Helm keeps whole releases in Secrets (most of the bytes
 * of many clusters), of which only name and labels matter.
 */
export function sourcesOf(kind: KindName, version: string): readonly ListSource[] {
  const { group, plural, shape } = kinds[kind];
  const base = {
    root: apiRoot(group, version),
    plural,
    parameters: '',
    accept: json,
    firstPage: large.has(kind) ? 100 : 500,
  };
  if (kind !== 'Secret') {
    return [
      large.has(kind) ? { ...base, read: shape.read } : { ...base, read: shape.read, shape: shape as Shape<object> },
    ];
  }
  return [
    { ...base, parameters: `fieldSelector=${encodeURIComponent(`type!=${helmRelease}`)}`, read: readSecret },
    {
      ...base,
      firstPage: 500,
      parameters: `fieldSelector=${encodeURIComponent(`type=${helmRelease}`)}`,
      accept: metadataOnly,
      read: (raw) => ({ ...secret.read(raw), type: helmRelease, keys: ['release'] }),
    },
  ];
}
