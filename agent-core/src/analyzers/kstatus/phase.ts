import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { textAt } from '../../reading/json-value.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { notReady } from './codes.ts';
import { saysWell } from './condition-meaning.ts';
import { leansOn } from './leans-on.ts';
import { patience } from './patience.ts';
import { isRun } from './run.ts';

const brokenPhases = new Set(['Unavailable', 'Unhealthy', 'Unreachable', 'Faulted', 'Error', 'NotReady', 'Failure']);
/** Words of a controller that could not do what it was asked for. Of them alone nobody knows what: they need a reason. */
const refused = /^(?:Invalid|Failed|(?:Create|Add|Update|Sync|Upgrade|Install|Reconcile|Restore)Failed)$/;

/** In which field of its status a kind says in one word how it is: `phase`, `PostgresClusterStatus`. */
const phaseKey = /^(?:phase|state|status)$|[a-z](?:Phase|State|Status)$/;

interface Phase {
  readonly key: string;
  readonly word: string;
}

function phaseOf({ status }: CustomObject): Phase | undefined {
  if (typeof status !== 'object' || status === null || Array.isArray(status)) return undefined;
  const words = Object.keys(status)
    .filter((key) => phaseKey.test(key))
    .map((key) => ({ key, word: textAt(status, key) }));
  return words.find(({ key, word }) => (key === 'phase' && brokenPhases.has(word)) || refused.test(word));
}

/** Why, in the words of its status, or of the last warning about it. */
function reasonOf(snapshot: Snapshot, { status }: CustomObject, ref: ObjectRef): string | ClusterEvent | undefined {
  const told = ['message', 'phaseReason', 'reason', 'error'].map((key) => textAt(status, key)).find((t) => t !== '');
  return told ?? newestEvents(snapshot, ref).find((e) => e.type === 'Warning' && isRecent(snapshot, e.last));
}

/** Kinds without conditions say in one word how they are, and some of them in a message or an event why. */
export function checkPhase(snapshot: Snapshot, object: CustomObject): Finding[] {
  const phase = phaseOf(object);
  const age = ageOf(snapshot, lastChange(object));
  if (phase === undefined || isRun(object) || age === undefined || age < patience['not-ready']) return [];
  const conditions = conditionsOf(object);
  if (conditions.length > 0 && (brokenPhases.has(phase.word) || saysWell(conditions))) return [];
  const ref = refToCustom(object);
  const why = reasonOf(snapshot, object, ref);
  if (why === undefined && refused.test(phase.word)) return [];
  const words = why === undefined ? '' : typeof why === 'string' ? said(why, 400) : rootError(why.message, 400);
  const evidence = [
    fromStatus(ref, `status.${phase.key}`, phase.word),
    ...(why === undefined ? [] : [typeof why === 'string' ? fromStatus(ref, 'status.message', why) : fromEvent(why)]),
  ];
  return [
    finding(notReady, {
      object: ref,
      cause: `${refText(ref)} is ${phase.word}${words === '' ? '' : `: ${words}`}.`,
      confidence: 'medium',
      evidence,
      because: leansOn(snapshot, object, words),
      generic: true,
    }),
  ];
}
