import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { ownershipSlow } from './codes.ts';
import type { Mounted } from './mounted.ts';

/** The kubelet says it every minute while it is at it. */
const present = 10 * 60_000;
/** A start that takes this long is worth a word. */
const patience = 5 * 60_000;

function volumeText(message: string, mounted: readonly Mounted[]): string {
  const named =
    mounted.find(({ persistent, volume }) => message.includes(`/${persistent?.metadata.name ?? volume.name}/`)) ??
    (mounted.length === 1 ? mounted[0] : undefined);
  return named === undefined
    ? 'a volume'
    : `volume "${named.volume.name}"${named.claim === undefined ? '' : ` (claim "${named.claim}")`}`;
}

/** The kubelet is giving every file of a volume to the group of the pod, which waits for that. */
export function checkOwnership(snapshot: Snapshot, pod: Pod, mounted: readonly Mounted[]): Finding | undefined {
  const ref = refTo('Pod', pod);
  const events = newestEvents(snapshot, ref, 'VolumePermissionChangeInProgress');
  const [newest] = events;
  if (newest === undefined || !isRecent(snapshot, newest.last, present)) return undefined;
  const since = events.map((e) => e.first ?? e.last ?? '').toSorted()[0] ?? '';
  const lasts = ageOf(snapshot, since) ?? 0;
  const files = events
    .map(({ message }) => /processed (\d{1,12}) files/.exec(message)?.[1])
    .find((count) => count !== undefined);
  const fsGroup = pod.spec.securityContext?.fsGroup;
  return finding(ownershipSlow, {
    object: ref,
    standing: lasts < patience ? 'progressing' : 'current',
    cause: `The kubelet has been changing the owner of every file of ${volumeText(events.map(({ message }) => message).join(' '), mounted)} for ${formatDuration(lasts)}${files === undefined ? '' : ` (${files} files so far)`}, and pod "${pod.metadata.name}" waits for it.`,
    evidence: [
      fromEvent(newest),
      ...(fsGroup === undefined ? [] : [fromSpec(ref, 'spec.securityContext.fsGroup', String(fsGroup))]),
    ],
    since,
  });
}
