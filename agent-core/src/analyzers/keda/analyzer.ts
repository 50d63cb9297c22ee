import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent } from '../../evidence/finding.ts';
import { conditionsOf, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt } from '../../reading/json-value.ts';
import { ageOf, isRecent } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import { isSuspended } from '../../reading/workloads/suspended.ts';
import type { Analyzer } from '../analyzer.ts';
import { fallback, notReady } from './codes.ts';

const patience = 2 * 60_000;

function checkScaler(snapshot: Snapshot, scaler: CustomObject): Finding[] {
  if (scaler.metadata.deletionTimestamp !== undefined || isSuspended(scaler)) return [];
  const conditions = conditionsOf(scaler);
  const unready = conditions.find((c) => c.type === 'Ready' && c.status === 'False');
  const told = unready ?? conditions.find((c) => c.type === 'Fallback' && c.status === 'True');
  // KEDA gives its conditions no times; the object's age is what there is.
  if (
    told === undefined ||
    (ageOf(snapshot, told.lastTransitionTime ?? scaler.metadata.creationTimestamp) ?? 0) < patience
  ) {
    return [];
  }
  const ref = refToCustom(scaler);
  const event = snapshot.eventsOf(ref).findLast((e) => e.type === 'Warning' && isRecent(snapshot, e.last));
  const target = textAt(scaler.spec, 'scaleTargetRef', 'name');
  const kind = textAt(scaler.spec, 'scaleTargetRef', 'kind') || 'Deployment';
  const text = event === undefined ? said(told.message || told.reason) : rootError(event.message);
  return [
    finding(unready === undefined ? fallback : notReady, {
      object: ref,
      cause: `${refText(ref)} ${unready === undefined ? 'scales by its fallback' : 'cannot scale'}${target === '' ? '' : ` ${kind} "${said(target, 80)}"`}: ${text}.`,
      since: told.lastTransitionTime ?? event?.first ?? '',
      evidence: [fromCondition(ref, told), ...(event === undefined ? [] : [fromEvent(event)])],
    }),
  ];
}

/** KEDA's scalers. An inactive or paused one is as it should be. */
export const keda: Analyzer = {
  name: 'keda',
  codes: [notReady, fallback],
  analyze: (snapshot) =>
    [...customOfKind(snapshot, 'keda.sh', 'ScaledObject'), ...customOfKind(snapshot, 'keda.sh', 'ScaledJob')].flatMap(
      (scaler) => checkScaler(snapshot, scaler),
    ),
};
