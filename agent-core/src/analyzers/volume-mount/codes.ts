import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'configuration', severity: 'critical' } as const;

export const subPathFailed: CodeEntry = {
  ...base,
  code: 'pod.volume.sub-path',
  title: 'subPath cannot be mounted',
  means:
    'A mount takes one file or folder out of a volume (subPath), and that is missing there or is a folder where a file is wanted.',
  recognised: 'The kubelet or the runtime quotes a failed subPath, or "not a directory" for the target of a mount.',
  nextSteps: [
    'Compare subPath with what is in the volume: for a ConfigMap or Secret it is a key.',
    'See that mountPath and subPath are both a file or both a folder.',
  ],
  avoid: ['Do not mount the whole volume over a folder of the image that holds other files.'],
};

export const mountPointFailed: CodeEntry = {
  ...base,
  code: 'pod.volume.mount-point',
  title: 'Mount point cannot be made',
  means:
    'The place in the container at which the volume is to be mounted cannot be made, often because it lies within another mount that is read-only.',
  recognised: 'The runtime quotes "error mounting" or a mount point that it could not make.',
  nextSteps: ['Choose a mountPath that does not lie within a read-only mount, or make the folder in the image.'],
  avoid: ['Do not make the outer mount writable only so that the inner one fits.'],
};

export const hostPathFailed: CodeEntry = {
  ...base,
  code: 'pod.volume.host-path',
  title: 'hostPath is not what the pod expects',
  means: 'The path on the node does not exist, or is not of the type (folder, file, socket) that the volume demands.',
  recognised: 'An event FailedMount with "hostPath type check failed".',
  nextSteps: [
    'Make the path on the node, or use type DirectoryOrCreate or FileOrCreate if the pod may make it.',
    'If only some nodes have it, restrict the workload to those.',
  ],
  avoid: ['Do not drop the type: the pod would start with an empty folder.'],
};

export const sourceSealed: CodeEntry = {
  ...base,
  code: 'pod.volume.cannot-decrypt',
  title: 'API server cannot decrypt what the pod is to mount',
  means:
    'The Secret (or another encrypted object) is there, but the key service behind the API server does not answer or has lost the key. Nothing that needs such an object starts, anywhere in the cluster.',
  recognised: 'An event FailedMount that the API server was "unable to transform key" or failed to decrypt.',
  nextSteps: [
    'See whether the KMS plugin runs beside every API server and is accepted by its key service: its log says why not.',
    'With keys in a file (`EncryptionConfiguration`), see that the key with which the object was written is still listed there.',
  ],
  avoid: [
    'Do not delete and recreate the Secret: what is encrypted can be read again once the key is back.',
    'Do not restart pods that still run: they would not come back.',
  ],
};

export const tokenFailed: CodeEntry = {
  ...base,
  code: 'pod.volume.projected-token',
  title: 'Service account token cannot be made',
  means: 'The kubelet cannot get the token that the pod is to use towards the API server, so the pod does not start.',
  recognised: 'An event FailedMount with "failed to fetch token".',
  nextSteps: [
    'See that the service account of the pod exists, and that the API server issues tokens (its audience and issuer settings).',
  ],
  avoid: ['Do not mount a token of another service account in its place.'],
};
