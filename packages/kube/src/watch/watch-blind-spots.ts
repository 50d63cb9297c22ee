import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { oneLine } from '@autodevops/domain/printable';
import type { Reflector } from './reflector.ts';

/** `NetworkPolicies`, `Ingresses`, `Pods`. */
function pluralOf(kind: KindName): string {
  const { plural } = kinds[kind];
  const singular = kind.toLowerCase();
  return plural.startsWith(singular) ? kind + plural.slice(singular.length) : `${kind.slice(0, -1)}ies`;
}

function whatOf({ kind, namespace }: Reflector): string {
  return namespace === undefined ? pluralOf(kind) : `${pluralOf(kind)} in namespace ${oneLine(namespace, 63)}`;
}

function ruleFor({ kind, namespace }: Reflector): string {
  const { group, plural } = kinds[kind];
  const role = namespace === undefined ? 'a ClusterRole' : `a Role in namespace ${oneLine(namespace, 63)}`;
  return `Add this rule to ${role} that you are bound to: {apiGroups: ["${group}"], resources: ["${plural}"], verbs: ["get", "list", "watch"]}.`;
}

function forbidden(reflector: Reflector): BlindSpot {
  return { what: whatOf(reflector), why: reflector.failure?.message ?? 'You may not read them.', remedy: ruleFor(reflector) };
}

const wait = 'Wait for the next try, or look at the API server.';

function unread(reflector: Reflector): BlindSpot {
  const { failure } = reflector;
  return { what: whatOf(reflector), why: failure?.message ?? 'The API server has not sent them yet.', remedy: failure?.remedy ?? wait };
}

function old(what: string, ageMs: number, reflector: Reflector | undefined): BlindSpot {
  const failure = reflector?.failure;
  return {
    what: `${what} as of ${Math.round(ageMs / 1000)} s ago`,
    why: failure?.message ?? 'Nothing was heard of the API server since.',
    remedy: failure?.remedy ?? wait,
  };
}

/** A kind that has not been heard of for longer than it may, and how long. */
export interface Stale {
  readonly reflector: Reflector;
  readonly ageMs: number;
}

/** What a snapshot of the cache does not show, or shows as it was some time ago. */
export function watchBlindSpots(reflectors: readonly Reflector[], stale: readonly Stale[]): readonly BlindSpot[] {
  const spots = reflectors.filter(({ phase }) => phase === 'forbidden').map(forbidden);
  const waiting = reflectors.filter(({ phase }) => phase === 'starting');
  spots.push(...waiting.map(unread));
  if (stale.length > 1 && stale.length === reflectors.length - waiting.length) {
    const ages = stale.map(({ ageMs }) => ageMs);
    const failing = stale.find(({ reflector }) => reflector.failure !== undefined)?.reflector;
    return [...spots, old('The whole cluster', Math.min(...ages), failing)];
  }
  return [...spots, ...stale.map(({ reflector, ageMs }) => old(whatOf(reflector), ageMs, reflector))];
}
