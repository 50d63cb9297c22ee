import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Json } from '@autodevops/domain/kubernetes/shape';
import { refText } from '@autodevops/domain/object-ref';
import { isRecord } from '@autodevops/domain/raw-record';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt, valueAt } from '../../reading/json-value.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { healthError, healthWarning } from './codes.ts';

interface Detail {
  readonly name: string;
  readonly message: string;
  readonly isError: boolean;
}

function detailsOf(status: Json | undefined): readonly Detail[] {
  const details = valueAt(status, 'ceph', 'details');
  if (!isRecord(details)) return [];
  const all = Object.entries(details).map(([name, detail]) => ({
    name,
    message: textAt(detail, 'message'),
    isError: textAt(detail, 'severity') === 'HEALTH_ERR',
  }));
  return all.toSorted((a, b) => Number(b.isError) - Number(a.isError) || a.name.localeCompare(b.name)).slice(0, 5);
}

function check(cluster: CustomObject): readonly Finding[] {
  const health = textAt(cluster.status, 'ceph', 'health');
  const code = health === 'HEALTH_ERR' ? healthError : health === 'HEALTH_WARN' ? healthWarning : undefined;
  if (code === undefined || cluster.metadata.deletionTimestamp !== undefined) return [];
  const ref = refToCustom(cluster);
  const details = detailsOf(cluster.status);
  const words = details.map(({ name, message }) => `${name} (${message})`).join(', ');
  const since = textAt(cluster.status, 'ceph', 'lastChanged');
  return [
    finding(code, {
      object: ref,
      cause: `${refText(ref)} reports ${health}${words === '' ? '' : `: ${said(words)}`}.`,
      since,
      evidence: [
        fromStatus(ref, 'status.ceph.health', health, since),
        ...details.slice(0, 3).map((d) => fromStatus(ref, `status.ceph.details.${d.name}`, `${d.name}: ${d.message}`)),
      ],
    }),
  ];
}

/** Ceph under Rook, by its own judgement. */
export const cephCluster: Analyzer = {
  name: 'ceph-cluster',
  codes: [healthError, healthWarning],
  analyze: (snapshot: Snapshot) => customOfKind(snapshot, 'ceph.rook.io', 'CephCluster').flatMap(check),
};
