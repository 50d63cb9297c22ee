import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { isFinished } from '../pods/pod-status.ts';

/** Parts of a driver's name that its pods carry in a name or image: `local-path`, `ebs-csi`, `csi-nfs`. */
function wordsOf(driver: string): readonly string[] {
  const [domain = '', path] = driver.split('/');
  if (path !== undefined && path !== '') return [path];
  const labels = domain.split('.');
  const at = labels.indexOf('csi');
  // `rook-ceph.rbd.csi.ceph.com` is called after what stands before its `csi`.
  const own = labels[0] === 'csi' ? labels[1] : labels[Math.max(0, at - 1)];
  // `driver.longhorn.io` says only what it is in its first part.
  if (labels[0] === 'driver' && labels[1] !== undefined) return [labels[1]];
  return at < 0 || own === undefined ? [labels[0] ?? driver] : [`${own}-csi`, `csi-${own}`, `${own}csi`];
}

function isOf(pod: Pod, driver: string, words: readonly string[]): boolean {
  const inNames = [pod.metadata.name, ...pod.spec.containers.map((c) => c.image)].some((text) =>
    words.some((word) => text.includes(word)),
  );
  if (inNames) return true;
  return pod.spec.containers.some(
    (c) => c.env.some((v) => v.value === driver) || [...c.args, ...c.command].some((a) => a.includes(driver)),
  );
}

const podsByDriver = perSnapshot(() => new Map<string, readonly Pod[]>());

/** Living pods that seem to be those of a storage driver, named as its StorageClasses and volumes name it. */
export function driverPods(snapshot: Snapshot, driver: string): readonly Pod[] {
  const known = podsByDriver(snapshot);
  let pods = known.get(driver);
  if (pods === undefined) {
    const words = wordsOf(driver);
    pods = snapshot.list('Pod').filter((pod) => !isFinished(pod) && isOf(pod, driver, words));
    known.set(driver, pods);
  }
  return pods;
}
