import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { reconcileFailing } from './codes.ts';

const present = 15 * 60_000;
const repeatedly = 5;
const ofFailure = /^Failed|Failed$|Failure$|Error$/;

function isFailure({ type, reason }: ClusterEvent): boolean {
  return type === 'Warning' && ofFailure.test(reason);
}

/** Kinds without conditions tell in events only that their controller cannot do what they ask for. */
export function checkFailingEvents(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (conditionsOf(object).length > 0) return [];
  const ref = refToCustom(object);
  const events = newestEvents(snapshot, ref);
  const newest = events.find(isFailure);
  if (newest === undefined || !isRecent(snapshot, newest.last, present)) return [];
  // A controller that says how it went says so last.
  const isOver = events.some(
    (e) => e.type === 'Normal' && e.component === newest.component && (e.last ?? '') > (newest.last ?? ''),
  );
  const times = events.filter((e) => e.reason === newest.reason).reduce((sum, e) => sum + e.count, 0);
  if (isOver || times < repeatedly) return [];
  const cause = `The controller of ${refText(ref)} has failed ${times} times to do what it asks for: ${rootError(newest.message) || newest.reason}.`;
  return [
    finding(reconcileFailing, {
      object: ref,
      cause,
      since: newest.first ?? '',
      evidence: [fromEvent(newest)],
      confidence: 'medium',
      generic: true,
    }),
  ];
}
