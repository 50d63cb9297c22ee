import type { Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { fromEvent, finding, fromStatus } from '../../evidence/finding.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { nameList } from '../../reading/name-list.ts';
import { said } from '../../reading/said.ts';
import { nodeProxyFails } from './codes.ts';

/** The proxy that the runtime of a node is told, and why it does not get through it. */
interface ProxyFailure {
  readonly failure: ImagePullFailure;
  readonly node: string;
  readonly proxy: string;
  readonly why: string;
}

const toProxy = /\bproxyconnect tcp: (.{1,400})/;

function toldOf({ message, event }: ImagePullFailure): string | undefined {
  return [event?.message ?? '', message].map((text) => toProxy.exec(text)?.[1]).find((text) => text !== undefined);
}

function proxyFailure(failure: ImagePullFailure): ProxyFailure | undefined {
  const told = toldOf(failure);
  const node = failure.pod.spec.nodeName ?? '';
  if (told === undefined || node === '') return undefined;
  const looked = /\blookup ([\w.-]{1,253})/.exec(told)?.[1];
  const dialled = /\bdial tcp (\[[\da-f:]{2,45}\]:\d{1,5}|[\w.-]{1,253}:\d{1,5})/.exec(told)?.[1];
  const proxy = looked ?? dialled ?? '';
  if (looked !== undefined) return { failure, node, proxy, why: 'whose name the node cannot resolve' };
  return { failure, node, proxy, why: `which does not let it through (${said(told.split(': ').at(-1) ?? told, 120)})` };
}

/** Whether the words are about the way through a proxy, not about the registry behind it. */
export function isProxyFailure(failure: ImagePullFailure): boolean {
  return proxyFailure(failure) !== undefined;
}

function tell(alike: readonly ProxyFailure[]): readonly Finding[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { node, proxy, why } = first;
  const images = [...new Set(alike.map(({ failure }) => failure.image))].toSorted();
  return [
    finding(nodeProxyFails, {
      object: refByName('Node', '', node),
      cause: `Node "${node}" pulls images through proxy ${proxy === '' ? 'of its container runtime' : `"${proxy}"`}, ${why}: ${nameList(images)} cannot be pulled there.`,
      evidence: alike
        .slice(0, 3)
        .map(({ failure: { event, ref, reason, message } }) =>
          event === undefined
            ? fromStatus(ref, 'status.containerStatuses[*].state.waiting', `${reason}: ${message}`)
            : fromEvent(event),
        ),
      since: alike.map(({ failure }) => failure.event?.first ?? '').toSorted()[0] ?? '',
      facet: proxy,
      sharedWith: proxy,
    }),
  ];
}

/** The runtime of a node has a proxy of its own, of which no object of the cluster tells. */
export function checkProxies(failures: readonly ImagePullFailure[]): readonly Finding[] {
  const found = failures.map(proxyFailure).filter((f) => f !== undefined);
  return [...Map.groupBy(found, ({ node, proxy }) => `${node} ${proxy}`).values()].flatMap(tell);
}
