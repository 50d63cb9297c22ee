import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { BlindSpot } from '@autodevops/domain/diagnosis';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import { listAt, textAt } from './objects/record-fields.ts';

/**
 * `bundle.json` of our own format. Everything but the version is optional: `kinds` were read whole (in `namespaces`
 * where that is given), `partial` in part; `blindSpots` are what the capture could not see.
 */
export interface BundleManifest {
  readonly capturedAt: string | undefined;
  readonly cluster: string | undefined;
  readonly kinds: readonly KindName[] | undefined;
  readonly partial: readonly KindName[];
  readonly namespaces: readonly string[] | undefined;
  readonly serverVersion: string | undefined;
  readonly servedVersions: readonly string[] | undefined;
  readonly blindSpots: readonly BlindSpot[];
}

/** The version that this program writes, and the newest that it reads. */
export const bundleVersion = 1;

function texts(raw: RawRecord, key: string): readonly string[] | undefined {
  return Array.isArray(raw[key])
    ? listAt(raw, key).filter((value): value is string => typeof value === 'string' && value.length < 300)
    : undefined;
}

function blindSpots(raw: RawRecord): readonly BlindSpot[] {
  return listAt(raw, 'blindSpots')
    .slice(0, 100)
    .map((spot) => BlindSpot.safeParse(spot))
    .flatMap((read) => (read.success ? [read.data] : []));
}

/** Reads the parsed `bundle.json`; undefined when it is a file of somebody else's. Throws on a version of the future. */
export function readManifest(value: unknown): BundleManifest | undefined {
  if (!isRecord(value) || typeof value['version'] !== 'number') return undefined;
  const { version } = value;
  if (version > bundleVersion) {
    throw new AutoDevOpsError(
      'bundle.refused',
      `The bundle is of format version ${version}, and this program reads up to version ${bundleVersion}.`,
      'Update autodevops, or have the bundle made with this version.',
    );
  }
  const time = Date.parse(textAt(value, 'capturedAt'));
  return {
    capturedAt: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
    cluster: textAt(value, 'cluster').slice(0, 300) || undefined,
    kinds: texts(value, 'kinds')?.filter(isKindName),
    partial: texts(value, 'partial')?.filter(isKindName) ?? [],
    namespaces: texts(value, 'namespaces'),
    serverVersion: textAt(value, 'serverVersion').slice(0, 64) || undefined,
    servedVersions: texts(value, 'servedVersions'),
    blindSpots: blindSpots(value),
  };
}
