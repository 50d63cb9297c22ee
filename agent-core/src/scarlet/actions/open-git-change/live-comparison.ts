import { canonicalJson } from '@autodevops/domain/canonical-json';
import { oneLine } from '@autodevops/domain/printable';
import { isRecord } from '@autodevops/domain/raw-record';
import { redact } from '@autodevops/domain/redact';
import { fieldAt } from '../../patches/field-patch.ts';
import type { FieldPath } from '../../patches/field-patch.ts';
import type { Live } from '../../action.ts';
import { manifestName } from '../../targets/manifest-name.ts';
import { maskedValue } from '../../secrets/secret-texts.ts';
import type { FileDocument } from './proposed-files.ts';

const mostFields = 40;

function shown(value: unknown, views: readonly unknown[], path: FieldPath): string {
  return value === undefined ? '(nothing)' : oneLine(redact(canonicalJson(maskedValue(value, views, path))), 120);
}

/** Fields that the file sets and that are not so in the cluster; what the server adds of its own is no difference. */
function differences(wanted: unknown, live: unknown, path: FieldPath, views: readonly unknown[]): readonly string[] {
  if (isRecord(wanted)) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, fieldAt(live, [key]), [...path, key], views),
    );
  }
  if (Array.isArray(wanted) && Array.isArray(live) && wanted.length === live.length) {
    return wanted.flatMap((value: unknown, index) => differences(value, live[index], [...path, index], views));
  }
  return canonicalJson(wanted ?? null) === canonicalJson(live ?? null)
    ? []
    : [`${path.join('.')}: ${shown(live, views, path)} → ${shown(wanted, views, path)}`];
}

async function compare(document: FileDocument, live: Live): Promise<readonly string[]> {
  const { apiVersion, kind, metadata, ...rest } = document;
  const name = manifestName(document);
  if (kind === 'Secret') return [];
  const present = await live.cluster.get(
    { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name },
    { signal: live.signal },
  );
  if (present === undefined) return [`${name}: is not in the cluster`];
  const { namespace: _namespace, name: _name, ...marks } = metadata;
  return differences({ metadata: marks, ...rest }, present, [], [document, present]).map((line) => `${name} ${line}`);
}

/** How the objects of the files differ from those of the cluster, one line each. */
export async function liveComparison(documents: readonly FileDocument[], live: Live): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const document of documents) lines.push(...(await compare(document, live)));
  return lines.length <= mostFields
    ? lines
    : [...lines.slice(0, mostFields), `… and ${lines.length - mostFields} more`];
}
