import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';

/** `kubernetes.io/hostname In (worker-3)`: where a volume may be used; empty when anywhere. */
export function volumePlace(volume: PersistentVolume): string {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const texts = terms.flatMap((term) =>
    term.matchExpressions.map((e) => `${e.key} ${e.operator} (${e.values.join(', ')})`),
  );
  if (texts.length > 0) return texts.slice(0, 3).join(', ');
  const zone =
    volume.metadata.labels['topology.kubernetes.io/zone'] ??
    volume.metadata.labels['failure-domain.beta.kubernetes.io/zone'];
  return zone === undefined ? '' : `zone ${zone}`;
}
