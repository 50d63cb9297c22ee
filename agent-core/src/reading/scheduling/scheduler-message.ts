import { taintOrigin } from './taints.ts';
import type { TaintOrigin } from './taints.ts';

/** What kept a pod from a node, in our words. */
export type ObstacleKind =
  | 'node-name'
  | 'node-selector'
  | 'taint'
  | 'cordoned'
  | 'not-ready'
  | 'pressure'
  | 'host-port'
  | 'resource'
  | 'volume-node'
  | 'volume-limit'
  | 'volume-in-use'
  | 'volume-absent'
  | 'volume-unbound'
  | 'volume-terminating'
  | 'resource-claim'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'topology-spread'
  | 'no-nodes'
  | 'other';

/** One reason of a FailedScheduling text. `count` is the number of nodes, 0 when the reason is the pod's own. */
export interface SchedulerReason {
  readonly kind: ObstacleKind;
  /** The resource's name, the taint's key, the claim's name; empty when the text has none. */
  readonly subject: string;
  readonly count: number;
  readonly text: string;
}

const kindsByText: readonly (readonly [string, ObstacleKind])[] = [
  ["didn't match the requested node name", 'node-name'],
  ["didn't match the requested hostname", 'node-name'],
  ["didn't match Pod's node affinity", 'node-selector'],
  ["didn't match node selector", 'node-selector'],
  ["didn't match node affinity", 'node-selector'],
  ["node(s) didn't satisfy plugin(s) [NodeAffinity]", 'node-selector'],
  ["didn't have free ports", 'host-port'],
  ['were unschedulable', 'cordoned'],
  ['were not ready', 'not-ready'],
  ['volume node affinity conflict', 'volume-node'],
  ["didn't match PersistentVolume's node affinity", 'volume-node'],
  ['had no available volume zone', 'volume-node'],
  ['exceed max volume count', 'volume-limit'],
  ['ReadWriteOncePod', 'volume-in-use'],
  ['had no available disk', 'volume-in-use'],
  ['unbound immediate PersistentVolumeClaims', 'volume-unbound'],
  ["didn't find available persistent volumes to bind", 'volume-unbound'],
  ['did not have enough free storage', 'volume-unbound'],
  ['non-existent persistentvolume', 'volume-absent'],
  ['bound to non-existent pv', 'volume-absent'],
  ['to create the persistentvolumeclaim', 'volume-unbound'],
  // The scheduler chose a node, and the claim did not get its volume there in time.
  ['plugin "VolumeBinding": binding volumes', 'volume-unbound'],
  ['resource claim', 'resource-claim'],
  ['resourceclaim', 'resource-claim'],
  ['ResourceClaim', 'resource-claim'],
  ['cannot allocate all claims', 'resource-claim'],
  ["didn't match pod anti-affinity", 'pod-anti-affinity'],
  ['existing pods anti-affinity', 'pod-anti-affinity'],
  ["didn't match pod affinity/anti-affinity", 'pod-anti-affinity'],
  ["didn't match pod affinity", 'pod-affinity'],
  ['topology spread constraints', 'topology-spread'],
  ['no nodes available to schedule pods', 'no-nodes'],
];

const kindOfOrigin: Readonly<Record<TaintOrigin, ObstacleKind>> = {
  chosen: 'taint',
  'control-plane': 'taint',
  cordoned: 'cordoned',
  'not-ready': 'not-ready',
  pressure: 'pressure',
};

/** The obstacle that a taint is. */
export function obstacleOfTaint(key: string): ObstacleKind {
  return kindOfOrigin[taintOrigin(key)];
}

function quoted(text: string): string {
  const start = text.indexOf('"');
  const end = start < 0 ? -1 : text.indexOf('"', start + 1);
  return end < 0 ? '' : text.slice(start + 1, end);
}

function taintKey(text: string): string {
  const open = text.indexOf('{');
  const close = text.indexOf('}', open);
  if (open < 0 || close < 0) return '';
  const inside = text.slice(open + 1, close).trim();
  const colon = inside.indexOf(':');
  return colon < 0 ? inside : inside.slice(0, colon);
}

function classify(text: string): { kind: ObstacleKind; subject: string } {
  if (text.startsWith('Insufficient ')) return { kind: 'resource', subject: text.slice('Insufficient '.length).trim() };
  if (text.startsWith('Too many pods')) return { kind: 'resource', subject: 'pods' };
  if (text.includes('persistentvolumeclaim "')) {
    if (text.includes(' is being deleted')) return { kind: 'volume-terminating', subject: quoted(text) };
    if (text.includes(' not found')) return { kind: 'volume-absent', subject: quoted(text) };
    return { kind: 'volume-unbound', subject: quoted(text) };
  }
  if (text.includes(' taint')) {
    const key = taintKey(text);
    return { kind: key === '' ? 'taint' : obstacleOfTaint(key), subject: key };
  }
  const kind = kindsByText.find(([part]) => text.includes(part))?.[1] ?? 'other';
  return { kind, subject: '' };
}

/** Commas part the reasons, but not those in a taint's braces. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '{') depth += 1;
    else if (char === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && char === ',' && text[i + 1] === ' ') {
      parts.push(text.slice(start, i));
      start = i + 2;
    }
  }
  return [...parts, text.slice(start)];
}

const longestMessage = 8192;

/**
 * The reasons in a FailedScheduling text of any version since 1.18, without what it says of preemption:
 * `0/4 nodes are available: 1 node(s) had untolerated taint {…}, 3 Insufficient cpu. preemption: …`
 */
export function schedulerReasons(message: string): readonly SchedulerReason[] {
  const whole = message.slice(0, longestMessage);
  const ends = ['preemption:', 'no new claims to deallocate']
    .map((mark) => whole.indexOf(mark))
    .filter((at) => at >= 0);
  const before = whole.slice(0, Math.min(whole.length, ...ends));
  const lead = /^(?:running PreFilter plugin "[^"]*": )?\d+\/\d+ nodes are available: ?/.exec(before)?.[0] ?? '';
  const body = before.slice(lead.length).trim();
  const trimmed = body.endsWith('.') ? body.slice(0, -1) : body;
  const reasons: SchedulerReason[] = [];
  for (const part of split(trimmed)) {
    const match = /^(\d+) (.*)$/s.exec(part.trim());
    const text = (match?.[2] ?? part).trim();
    if (text === '') continue;
    // A taint in the older wording brings a second part, "that the pod didn't tolerate".
    if (text.startsWith("that the pod didn't tolerate")) continue;
    reasons.push({ ...classify(text), count: match === null ? 0 : Number(match[1]), text });
  }
  return reasons;
}
