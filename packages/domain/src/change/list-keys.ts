/**
 * What tells the entries of a list apart, the first that does, as Kubernetes merges lists by them. In the path of a
 * changed field an entry is called by its value: `containers[web].image`.
 */
export const listKeys = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'ip', 'type', 'key'] as const;
