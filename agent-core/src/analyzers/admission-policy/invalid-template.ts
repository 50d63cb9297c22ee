import { nearMatches } from '../../reading/near-match.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import type { Snapshot } from '@autodevops/domain/snapshot';

export const volumeSteps: readonly string[] = [
  'Name it alike in volumeMounts and where it is declared (volumes, or volumeClaimTemplates of a StatefulSet); claim templates of a StatefulSet can only be changed by making it anew, with `--cascade=orphan`.',
];

/** What a template mounts and does not declare, with what it declares by nearly that name; empty where it is no such thing. */
export function undeclaredVolume(snapshot: Snapshot, { message, owner, spec }: CreationFailure): string {
  const [, wanted] = /volumeMounts\[\d+\]\.name: Not found: "([^"]{1,253})"/.exec(message) ?? [];
  if (wanted === undefined || spec === undefined) return '';
  const templates =
    owner.kind === 'StatefulSet'
      ? (snapshot.get('StatefulSet', owner.namespace, owner.name)?.spec.volumeClaimTemplates ?? [])
      : [];
  const declared = [...spec.volumes.map(({ name }) => name), ...templates.map(({ metadata }) => metadata.name)];
  const near = nearMatches(wanted, declared);
  const there = near.length > 0 ? near : declared.slice(0, 3);
  return `: it mounts volume "${wanted}", which it does not declare${there.length === 0 ? '' : ` (there is ${there.map((name) => `"${name}"`).join(', ')})`}`;
}
