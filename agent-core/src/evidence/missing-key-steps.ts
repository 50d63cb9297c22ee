import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../reading/near-match.ts';
import { volumeText } from '../reading/pods/volumes/mount-of-path.ts';

/** Of a volume that is a ConfigMap or Secret: which keys it has in place of the wanted one, unless that is there. */
export function missingKeySteps(
  snapshot: Snapshot,
  pod: Pod,
  volume: Volume | undefined,
  wanted: string,
): readonly string[] {
  const { namespace } = pod.metadata;
  const map = volume?.configMap === undefined ? undefined : snapshot.get('ConfigMap', namespace, volume.configMap.name);
  const secret = volume?.secret === undefined ? undefined : snapshot.get('Secret', namespace, volume.secret.secretName);
  const keys = map === undefined ? (secret?.keys ?? []) : [...Object.keys(map.data), ...map.binaryData];
  if (keys.length === 0 || wanted === '' || keys.includes(wanted)) return [];
  const near = nearMatches(wanted, keys);
  return [
    `${volumeText(volume)} has no key "${wanted}"; it has ${(near.length > 0 ? near : keys.slice(0, 4)).map((k) => `"${k}"`).join(', ')}.`,
  ];
}
