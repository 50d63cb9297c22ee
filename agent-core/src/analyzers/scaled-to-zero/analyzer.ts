import type { Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { replicasZero } from './codes.ts';

/** Who wrote the scale, or the object, last. */
function author(object: { readonly metadata: Metadata }): Metadata['managers'][number] | undefined {
  const writers = object.metadata.managers
    .filter((m) => m.subresource !== 'status')
    .toSorted((a, b) => a.time.localeCompare(b.time));
  return writers.findLast((m) => m.subresource === 'scale') ?? writers.at(-1);
}

function check(snapshot: Snapshot, kind: 'Deployment' | 'StatefulSet'): readonly Finding[] {
  return snapshot.list(kind).flatMap((object): Finding[] => {
    if (object.spec.replicas !== 0 || object.metadata.deletionTimestamp !== undefined) return [];
    const ref = refTo(kind, object);
    const by = author(object);
    const ago = ageOf(snapshot, by?.time);
    const scaled = newestEvents(snapshot, ref, 'ScalingReplicaSet').find(
      (event) => event.message.includes('Scaled down') && event.message.endsWith(' to 0'),
    );
    const who =
      by === undefined
        ? ''
        : `; written last by ${by.manager}${ago === undefined ? '' : ` ${formatDuration(ago)} ago`}`;
    return [
      finding(replicasZero, {
        object: ref,
        standing: 'expected',
        cause: `${refText(ref)} is set to zero replicas${who}.`,
        since: scaled?.last ?? by?.time ?? '',
        evidence: [
          fromSpec(ref, 'spec.replicas', '0'),
          ...(by === undefined
            ? []
            : [
                fromStatus(
                  ref,
                  'metadata.managedFields',
                  `${by.manager} ${by.operation}${by.subresource === '' ? '' : ` (${by.subresource})`}`,
                  by.time,
                ),
              ]),
          ...(scaled === undefined ? [] : [fromEvent(scaled)]),
        ],
      }),
    ];
  });
}

export const scaledToZero: Analyzer = {
  name: 'scaled-to-zero',
  codes: [replicasZero],
  analyze: (snapshot) => [...check(snapshot, 'Deployment'), ...check(snapshot, 'StatefulSet')],
};
