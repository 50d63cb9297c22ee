import type { Container, Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { ContainerView } from '../pod-status.ts';

/** The mount under which a path lies. */
export interface MountOfPath {
  readonly mount: Container['volumeMounts'][number];
  /** `spec.containers[0].volumeMounts[1]` */
  readonly path: string;
  readonly volume: Volume | undefined;
}

/** The deepest mount of the container that holds the path; undefined when the path is in the image. */
export function mountOfPath(pod: Pod, view: ContainerView, path: string): MountOfPath | undefined {
  let best: MountOfPath | undefined;
  for (const [index, mount] of view.spec.volumeMounts.entries()) {
    const base = mount.mountPath.replace(/\/+$/, '');
    if (base === '' || (path !== base && !path.startsWith(`${base}/`))) continue;
    if (best !== undefined && best.mount.mountPath.length >= mount.mountPath.length) continue;
    best = {
      mount,
      path: `${view.path}.volumeMounts[${index}]`,
      volume: pod.spec.volumes.find((v) => v.name === mount.name),
    };
  }
  return best;
}

/** `PersistentVolumeClaim "data"`, `ConfigMap "app"`, `hostPath /srv`: what a volume is made of. */
export function volumeText(volume: Volume | undefined): string {
  if (volume === undefined) return 'an unknown volume';
  if (volume.persistentVolumeClaim !== undefined) {
    return `PersistentVolumeClaim "${volume.persistentVolumeClaim.claimName}"`;
  }
  if (volume.configMap !== undefined) return `ConfigMap "${volume.configMap.name}"`;
  if (volume.secret !== undefined) return `Secret "${volume.secret.secretName}"`;
  if (volume.hostPath !== undefined) return `hostPath ${volume.hostPath.path}`;
  if (volume.emptyDir !== undefined) return `emptyDir "${volume.name}"`;
  if (volume.nfs !== undefined) return `NFS ${volume.nfs.server}:${volume.nfs.path}`;
  return `volume "${volume.name}"`;
}
