// Every version the bed is made of. Changing one changes the key of the pieces built from it, and only those.
export const KUBERNETES = '1.36.3';
export const DEBIAN_SUITE = 'bookworm';
export const KIND_MINIMUM = '0.30.0';

/** Tags that `kubeadm config images list` of this Kubernetes asks for. */
export const SYSTEM_TAGS = { etcd: '3.6.8-0', coredns: 'v1.14.2', pause: '3.10.2' } as const;

/** Tags named by images/node/default-storage.yaml, the StorageClass `standard` of a built cluster. */
export const STORAGE_TAGS = { provisioner: 'v0.0.30', helper: 'v1' } as const;

/** The ordinary node image, for a machine that reaches a registry. */
export const PULLED_NODE_IMAGE = `docker.io/kindest/node:v${KUBERNETES}`;
