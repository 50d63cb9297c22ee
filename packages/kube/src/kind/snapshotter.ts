/** Tables of containerd's configuration that say where the kubelet's images are kept: since 2.0, and before. */
const tables = /^plugins\.["'](?:io\.containerd\.cri\.v1\.images["']|io\.containerd\.grpc\.v1\.cri["']\.containerd)$/;

/** The snapshotter in what `containerd config dump` prints; `overlayfs`, its own default, when it says none. */
export function snapshotterIn(dump: string): string {
  let table = '';
  for (const line of dump.split('\n')) {
    table = /^\s*\[([^[\]]+)\]\s*$/.exec(line)?.[1] ?? table;
    const found = /^\s*snapshotter\s*=\s*["']([a-z][a-z0-9-]*)["']\s*$/.exec(line)?.[1];
    if (found !== undefined && tables.test(table)) return found;
  }
  return 'overlayfs';
}
