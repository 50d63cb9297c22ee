/** Which log a file (or a section of one) is; `container` and `namespace` are empty when its name does not say them. */
export interface LogName {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
}

/** True for a file that may be a container's log by its name. */
export function isLogFile(path: string): boolean {
  return /\.(?:log|txt)$/i.test(path) && !/(?:-errors?|-logs-errors)\.log$/i.test(path);
}

/** `web.previous`, `web-previous`, `web_previous` as the previous log of `web`. */
function splitPrevious(base: string): { base: string; previous: boolean } {
  const match = /^(.+?)[._-]previous$/.exec(base);
  return match === null ? { base, previous: false } : { base: match[1] ?? base, previous: true };
}

/** Logs whose path alone says everything: our own bundles, must-gather, support bundles, Sonobuoy's results, a node's own folders. */
export function strictLogName(path: string): LogName | undefined {
  const gathered =
    /(?:^|\/)namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/(?:\3\/)?logs\/(current|previous)(?:\.insecure)?\.log$/.exec(
      path,
    );
  if (gathered !== null) {
    const [, namespace = '', pod = '', container = '', which] = gathered;
    return { namespace, pod, container, previous: which === 'previous' };
  }
  const kubelet = /(?:^|\/)pods\/([^/_]+)_([^/_]+)_[^/]+\/([^/]+)\/\d+\.log$/.exec(path);
  if (kubelet !== null) {
    const [, namespace = '', pod = '', container = ''] = kubelet;
    return { namespace, pod, container, previous: false };
  }
  // The links beside them, as the kubelet names them for collectors of logs.
  const linked = /(?:^|\/)containers\/([^/_]+)_([^/_]+)_([^/_]+)-[0-9a-f]{64}\.log$/.exec(path);
  if (linked !== null) {
    const [, pod = '', namespace = '', container = ''] = linked;
    return { namespace, pod, container, previous: false };
  }
  const collected = /(?:^|\/)podlogs\/([^/]+)\/([^/]+)\/logs\/([^/]+)\.txt$/.exec(path);
  if (collected !== null) {
    const [, namespace = '', pod = '', container = ''] = collected;
    return { namespace, pod, container, previous: false };
  }
  const own = /(?:^|\/)logs\/([^/]+)\/([^/]+)\/([^/]+)\.log$/.exec(path);
  if (own === null) return undefined;
  const [, namespace = '', pod = '', file = ''] = own;
  const { base, previous } = splitPrevious(file);
  return { namespace, pod, container: base, previous };
}

/**
 * Logs that are found by the name of a pod the bundle holds: `<pod>/<container>.log`, `<pod>.log`,
 * `<namespace>_<pod>_<container>.log`, under any folder.
 */
export function looseLogName(path: string, namespacesOf: (pod: string) => readonly string[]): LogName | undefined {
  const segments = path.split('/');
  const file = (segments.at(-1) ?? '').replace(/\.(?:log|txt)$/i, '').replace(/\.log$/i, '');
  const { base, previous } = splitPrevious(file);
  const folders = segments.slice(0, -1);
  const pick = (pod: string, container: string, near: string | undefined): LogName | undefined => {
    const namespaces = namespacesOf(pod);
    const namespace =
      namespaces.find((name) => name === near || folders.includes(name)) ??
      (namespaces.length === 1 ? namespaces[0] : undefined);
    return namespace === undefined ? undefined : { namespace, pod, container, previous };
  };
  const parent = folders.at(-1);
  if (parent !== undefined && namespacesOf(parent).length > 0) {
    return pick(parent, base === 'logs' ? '' : base, folders.at(-2));
  }
  if (namespacesOf(base).length > 0) return pick(base, '', parent);
  const parts = base.split('_');
  for (let at = 0; at < parts.length; at++) {
    const pod = parts[at] ?? '';
    if (namespacesOf(pod).length > 0) return pick(pod, parts.slice(at + 1).join('_'), parts[at - 1] ?? parent);
  }
  return undefined;
}
