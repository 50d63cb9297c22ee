import type { ConfigMap } from '@autodevops/domain/kubernetes/cluster';
import type { Pod, PodSpec } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isClusterName, isHostName, isIpv4 } from './dns-name.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { configMapsOf, podTexts } from '../pods/configuration/pod-texts.ts';
import type { PodText } from '../pods/configuration/pod-texts.ts';

/** A host that a text names; lower case, without a trailing dot. */
export interface HostReference {
  readonly host: string;
  readonly port?: number;
  readonly scheme?: string;
}

/** A host that a pod's environment, command or configuration names, and where that is written. */
export interface PodHostReference extends HostReference {
  readonly container: string;
  /** `spec.containers[0].env[3]`, or `data[app.yaml]` of `configMap`. */
  readonly path: string;
  /** What is written there: `DB_HOST=db`; not redacted. */
  readonly text: string;
  /** The ConfigMap, in the pod's namespace, that holds the text; '' when the pod's own spec does. */
  readonly configMap: string;
}

const authorityEnd = /[/?#\s"'<>()[\]{};\\|]/;
const longestAuthority = 1024;

function reference(host: string, port: string | undefined, scheme: string | undefined): HostReference | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!isHostName(name) && !isIpv4(name)) return undefined;
  const number = port === undefined || port === '' ? undefined : Number(port);
  if (number !== undefined && (number < 1 || number > 65_535)) return undefined;
  return { host: name, ...(number === undefined ? {} : { port: number }), ...(scheme === undefined ? {} : { scheme }) };
}

/** `user:pass@a:1,b:2` after `scheme://`; gives where it ends, too. */
function readAuthority(text: string, start: number, scheme: string): { found: HostReference[]; end: number } {
  const window = text.slice(start, start + longestAuthority);
  const stop = window.search(authorityEnd);
  const authority = stop < 0 ? window : window.slice(0, stop);
  const hosts = authority.slice(authority.lastIndexOf('@') + 1);
  const found: HostReference[] = [];
  for (const part of hosts.split(',')) {
    const [host = '', port] = part.split(':');
    const read = port === undefined || /^\d{1,5}$/.test(port) ? reference(host, port, scheme) : undefined;
    if (read !== undefined) found.push(read);
  }
  return { found, end: start + authority.length };
}

/** What stands before a host that has no scheme: not part of a path, a flag, a variable or another word. */
function mayBegin(text: string, start: number): boolean {
  const before = text[start - 1] ?? ' ';
  if (before === '/') return text[start - 2] === '/';
  if (before === '{') return text[start - 2] !== '$';
  return !/[\w.$\\%:+~-]/.test(before);
}

/** `db:5432`: digits up to a port's length, and then nothing that would make it a version, a time or an image's tag. */
function portAfter(text: string, end: number): string | undefined {
  // SQL Server's connection strings: `Server=db,1433;`, `db,1433`.
  if (text[end] === ',') return /^\d{4,5}(?=;|$)/.exec(text.slice(end + 1, end + 8))?.[0];
  if (text[end] !== ':') return undefined;
  const port = /^\d{1,5}(?![\w-]|[.:]\S)/.exec(text.slice(end + 1, end + 8))?.[0];
  // `redis:7` is an image far more often than a port.
  return port === undefined || Number(port) < 20 ? undefined : port;
}

function readBare(text: string, start: number, word: string): HostReference | undefined {
  const end = start + word.length;
  if (!mayBegin(text, start)) return undefined;
  const port = portAfter(text, end);
  if (port !== undefined) return reference(word, port, undefined);
  const name = word.toLowerCase().replace(/\.+$/, '');
  const inMail = text[start - 1] === '@' || text[end] === '@';
  return isClusterName(name) && !inMail ? reference(name, undefined, undefined) : undefined;
}

/** The whole text is one name, or several with commas between: `db`, `db.shop`, `kafka-0,kafka-1`. */
function readWhole(text: string): HostReference[] {
  if (text.length > longestAuthority) return [];
  const words = text.split(',').map((word) => word.trim());
  const read = words.map((word) =>
    word === word.toLowerCase() && !isIpv4(word) ? reference(word, undefined, undefined) : undefined,
  );
  const found = read.filter((r) => r !== undefined);
  return found.length === words.length ? found : [];
}

/**
 * Hosts that a text names: in URLs (also with several hosts, user names, a `jdbc:` before), as `host:port`, as a
 * cluster's own names (`db.shop.svc...`), and when the whole text is a name. A plain word may still be no host: ask
 * `serviceOfHost`. Linear in the length of the text; in the order of the text, each once.
 */
export function hostReferences(text: string): readonly HostReference[] {
  const found: HostReference[] = readWhole(text);
  const words = /[A-Za-z0-9][A-Za-z0-9._-]*/g;
  for (let match = words.exec(text); found.length < 1000 && match !== null; match = words.exec(text)) {
    const end = match.index + match[0].length;
    if (text.startsWith('://', end)) {
      const authority = readAuthority(text, end + 3, match[0].toLowerCase());
      found.push(...authority.found);
      words.lastIndex = authority.end;
      continue;
    }
    const bare = readBare(text, match.index, match[0]);
    if (bare !== undefined) found.push(bare);
  }
  const seen = new Map(found.map((r) => [`${r.host}:${r.port ?? ''}`, r]));
  return [...seen.values()];
}

interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

const byAddress = perSnapshot((snapshot): ReadonlyMap<string, ServiceName> => {
  const services = snapshot.list('Service').filter((s) => (s.spec.clusterIP ?? 'None') !== 'None');
  return new Map(
    services.map((s) => [s.spec.clusterIP ?? '', { namespace: s.metadata.namespace, name: s.metadata.name }]),
  );
});

/**
 * The Service that a name is meant for, by its form alone, whether or not it exists: of `db.shop.svc.cluster.local` and
 * `db-0.db.shop.svc` certainly, of `db` in the namespace given. Undefined for what may as well be a name outside.
 */
export function serviceNamed(host: string, namespace: string): ServiceName | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const svc = labels.indexOf('svc');
  if (svc === 2 || svc === 3) return { name: labels[svc - 2] ?? '', namespace: labels[svc - 1] ?? '' };
  return labels.length === 1 ? { name: labels[0] ?? '', namespace } : undefined;
}

/**
 * The existing Service that a host name means to a pod in `namespace`: `db`, `db.shop`, `db-0.db`, `db-0.db.shop`,
 * `db.shop.svc` with or without a cluster domain, or a cluster IP. Undefined when there is none, or for names outside.
 */
export function serviceOfHost(snapshot: Snapshot, host: string, namespace: string): ServiceName | undefined {
  if (isIpv4(host)) return byAddress(snapshot).get(host);
  const exists = (at: ServiceName): boolean => snapshot.get('Service', at.namespace, at.name) !== undefined;
  const certain = serviceNamed(host, namespace);
  if (certain !== undefined) return exists(certain) ? certain : undefined;
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const [first = '', second = '', third = ''] = labels;
  const candidates: readonly ServiceName[] =
    labels.length === 2
      ? [
          { name: first, namespace: second },
          { name: second, namespace },
        ]
      : labels.length === 3
        ? [{ name: second, namespace: third }]
        : [];
  return candidates.find(exists);
}

/** What a pod is told, and the ConfigMaps that it was read of: of others it may be something else. */
interface Held {
  readonly references: readonly PodHostReference[];
  readonly maps: readonly (readonly [name: string, map: ConfigMap | undefined])[];
}

const bySpec = new WeakMap<PodSpec, Held>();
const byTemplate = perSnapshot(() => new Map<string, Held>());

function isOf(snapshot: Snapshot, namespace: string, { maps }: Held): boolean {
  return maps.every(([name, map]) => snapshot.get('ConfigMap', namespace, name) === map);
}

/** Pods of one revision of one owner are told the same. */
function templateKey(pod: Pod): string | undefined {
  const owner = pod.metadata.ownerReferences.find((o) => o.controller === true)?.uid ?? '';
  const revision = pod.metadata.labels['pod-template-hash'] ?? pod.metadata.labels['controller-revision-hash'];
  return owner === '' || revision === undefined ? undefined : `${owner}/${revision}/${pod.metadata.namespace}`;
}

function referencesIn(text: PodText): readonly PodHostReference[] {
  const { container, path, configMap } = text;
  const where = { container, path, configMap, text: text.shown };
  return hostReferences(text.value)
    .filter((r) => r.port !== undefined || r.scheme !== undefined || isClusterName(r.host) || text.namesHost)
    .map((r) => ({ ...r, ...(r.port === undefined && text.port !== undefined ? { port: text.port } : {}), ...where }));
}

/**
 * Hosts that a pod's containers are told of: environment (also out of ConfigMaps, with `X_HOST` and `X_PORT` joined),
 * command and arguments, and mounted ConfigMaps. A plain word counts only where its key says that it is a host.
 */
export function podHostReferences(snapshot: Snapshot, pod: Pod): readonly PodHostReference[] {
  const { namespace } = pod.metadata;
  const known = bySpec.get(pod.spec);
  if (known !== undefined && isOf(snapshot, namespace, known)) return known.references;
  const key = templateKey(pod);
  const templates = byTemplate(snapshot);
  let held = key === undefined ? undefined : templates.get(key);
  if (held === undefined) {
    const maps = configMapsOf(pod).map((name) => [name, snapshot.get('ConfigMap', namespace, name)] as const);
    held = { references: podTexts(snapshot, pod).flatMap(referencesIn), maps };
    if (key !== undefined) templates.set(key, held);
  }
  bySpec.set(pod.spec, held);
  return held.references;
}
