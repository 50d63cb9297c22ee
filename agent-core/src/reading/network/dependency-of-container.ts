import type { Snapshot } from '@autodevops/domain/snapshot';
import { dependencyOf } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { podHostReferences, serviceOfHost } from './host-references.ts';
import type { PodHostReference } from './host-references.ts';
import { networkTarget } from './network-target.ts';
import type { NetworkTarget } from './network-target.ts';
import { failureIn } from '../output/failures/line-failure.ts';
import type { OutputLine } from '../output/output-line.ts';
import type { TroubledContainer } from '../pods/troubled-container.ts';

/** What a container could not reach, and what sends it there. */
export interface MissedDependency {
  readonly dependency: Dependency;
  readonly setting: PodHostReference | undefined;
  /** The line that names the host, when it is not the one that complains. */
  readonly namedBy: OutputLine | undefined;
  /** The log does not name the host; its configuration does. */
  readonly guessed: boolean;
}

const noTarget: NetworkTarget = { host: '', port: undefined, vague: false };

/** The target in a line; of a vague word only when a Service has that name. */
function believable(snapshot: Snapshot, namespace: string, line: OutputLine): NetworkTarget {
  const target = networkTarget(line.lower);
  if (!target.vague || dependencyOf(snapshot, namespace, target).kind === 'service') return target;
  return { ...noTarget, port: target.port };
}

/** An address of nobody that we know: of a pod that is gone, or of another cluster. */
function isStrange(snapshot: Snapshot, namespace: string, target: NetworkTarget): boolean {
  return /^[\d.]+$/.test(target.host) && dependencyOf(snapshot, namespace, target).kind === 'unknown';
}

/** Says more than a strange address: a name, for the same port where both tell one. */
function betters(snapshot: Snapshot, namespace: string, own: NetworkTarget, other: NetworkTarget): boolean {
  if (own.host === '') return true;
  const samePort = own.port === undefined || other.port === undefined || own.port === other.port;
  return samePort && dependencyOf(snapshot, namespace, other).ref !== undefined;
}

/** A client of the cluster's API is made at the start of most controllers; it is not what turns their log-in elsewhere away. */
function isOwnApiServer(snapshot: Snapshot, namespace: string, target: NetworkTarget): boolean {
  const { ref } = dependencyOf(snapshot, namespace, target);
  return ref?.kind === 'Service' && ref.namespace === 'default' && ref.name === 'kubernetes';
}

/** From the line that complains, else from the last other of its kind, else from a neighbour that names a port too. */
function targetIn(
  snapshot: Snapshot,
  troubled: TroubledContainer,
): { target: NetworkTarget; namedBy: OutputLine | undefined } {
  const { line, nearby, kind } = troubled.verdict;
  const { namespace } = troubled.pod.metadata;
  const own = believable(snapshot, namespace, line);
  if (own.host !== '' && !isStrange(snapshot, namespace, own)) return { target: own, namedBy: undefined };
  const alike = troubled.output
    .slice(-60)
    .filter((other) => other !== line && failureIn(other) === kind)
    .toReversed();
  for (const other of [...alike, ...nearby.filter((n) => n !== line)]) {
    const target = believable(snapshot, namespace, other);
    const counts =
      target.host !== '' &&
      (target.port !== undefined || alike.includes(other)) &&
      !(kind === 'credentials' && isOwnApiServer(snapshot, namespace, target)) &&
      betters(snapshot, namespace, own, target);
    if (counts && !/^\s+at /.test(other.text)) {
      return { target: { ...target, port: own.port ?? target.port }, namedBy: other };
    }
  }
  return { target: own, namedBy: undefined };
}

function settingsOf(snapshot: Snapshot, troubled: TroubledContainer): readonly PodHostReference[] {
  return podHostReferences(snapshot, troubled.pod).filter(
    (r) => r.container === troubled.view.spec.name || r.container === '',
  );
}

/** Where the container is told of the host: with the same port if possible. */
function settingFor(
  snapshot: Snapshot,
  troubled: TroubledContainer,
  target: NetworkTarget,
): PodHostReference | undefined {
  const { namespace } = troubled.pod.metadata;
  const service = serviceOfHost(snapshot, target.host, namespace);
  const same = settingsOf(snapshot, troubled).filter((r) => {
    if (r.host === target.host) return true;
    const meant = service === undefined ? undefined : serviceOfHost(snapshot, r.host, namespace);
    return meant !== undefined && meant.name === service?.name && meant.namespace === service.namespace;
  });
  return same.find((r) => r.port === target.port) ?? same[0];
}

const plainWords = new Set([
  'host',
  'url',
  'addr',
  'address',
  'port',
  'uri',
  'svc',
  'cluster',
  'local',
  'service',
  'server',
  'http',
  'https',
  'tcp',
  'com',
]);

/** A complaint without a host has a word in common with what it speaks of. */
function speaksOf(line: OutputLine, setting: PodHostReference): boolean {
  const words = `${setting.text.split('=')[0]}-${setting.host}`
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((w) => w.length > 2 && !plainWords.has(w));
  return (
    words.some((word) => line.lower.includes(word)) ||
    (line.lower.includes('database') && /db|sql|postgres|mongo|database/.test(words.join('-')))
  );
}

/** From what the container is told: the one address that names a Service here, or the one that the line speaks of. */
function guess(snapshot: Snapshot, troubled: TroubledContainer): PodHostReference | undefined {
  const { namespace } = troubled.pod.metadata;
  const found = settingsOf(snapshot, troubled).filter((r) => {
    const { kind } = dependencyOf(snapshot, namespace, { host: r.host, port: r.port, vague: false });
    return kind === 'service' || kind === 'missing-service';
  });
  const spoken = found.filter((r) => speaksOf(troubled.verdict.line, r));
  const candidates = spoken.length > 0 ? spoken : found;
  return new Set(candidates.map((r) => r.host)).size === 1 ? candidates[0] : undefined;
}

/** What serves within its pod names its own address when it tells who came. */
function targetElsewhere(snapshot: Snapshot, troubled: TroubledContainer): ReturnType<typeof targetIn> {
  const found = targetIn(snapshot, troubled);
  const own =
    troubled.state === 'needed' &&
    dependencyOf(snapshot, troubled.pod.metadata.namespace, found.target).kind === 'in-pod';
  return own ? { target: noTarget, namedBy: undefined } : found;
}

/** Finds out what a troubled container wanted to reach. */
export function missedDependency(snapshot: Snapshot, troubled: TroubledContainer): MissedDependency {
  const { namespace } = troubled.pod.metadata;
  const { target, namedBy } = targetElsewhere(snapshot, troubled);
  const meant = isStrange(snapshot, namespace, target) ? guess(snapshot, troubled) : undefined;
  if (meant?.port !== undefined && meant.port === target.port) {
    return {
      dependency: dependencyOf(snapshot, namespace, { host: meant.host, port: meant.port, vague: false }),
      setting: meant,
      namedBy: undefined,
      guessed: true,
    };
  }
  if (target.host !== '') {
    return {
      dependency: dependencyOf(snapshot, namespace, target),
      setting: settingFor(snapshot, troubled, target),
      namedBy,
      guessed: false,
    };
  }
  const setting = guess(snapshot, troubled);
  const chosen =
    setting === undefined ? target : { host: setting.host, port: target.port ?? setting.port, vague: false };
  return {
    dependency: dependencyOf(snapshot, namespace, chosen),
    setting,
    namedBy: undefined,
    guessed: setting !== undefined,
  };
}
