import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition } from '../../evidence/finding.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { textAt } from '../../reading/json-value.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { failed, notReady } from './codes.ts';
import { isFailureReason, isOfWhole, meaningOf, saysWell } from './condition-meaning.ts';
import type { Meaning } from './condition-meaning.ts';
import { conditionWords } from './condition-words.ts';
import { leansOn } from './leans-on.ts';
import { minute, patience } from './patience.ts';
import { sharedWords } from './shared-words.ts';

const day = 24 * 60 * minute;

interface Told {
  readonly condition: Condition;
  readonly meaning: Meaning;
}

function timeOf(object: CustomObject, { lastTransitionTime, lastUpdateTime }: Condition): string | undefined {
  return lastTransitionTime ?? lastUpdateTime ?? object.metadata.creationTimestamp;
}

/** A condition that each try turns anew is as old as the one that has stood all the time. */
function sinceWhen(object: CustomObject, { condition }: Told): string | undefined {
  const own = timeOf(object, condition);
  const whole = conditionsOf(object).find((c) => c.type === 'Ready' && c.status === 'False');
  const times = [own, whole === undefined ? undefined : timeOf(object, whole)].filter((time) => time !== undefined);
  return times.toSorted()[0];
}

/** A run of long ago that failed is history; a thing that should stand and does not is not. */
function counts(snapshot: Snapshot, object: CustomObject, told: Told): boolean {
  const { condition, meaning } = told;
  if (meaning === 'nothing') return false;
  const age = ageOf(snapshot, sinceWhen(object, told));
  if (age === undefined || age < patience[meaning]) return false;
  return !((condition.type === 'Failed' || condition.type === 'Failure') && age > day);
}

/** `ImportInProgress`, `Creating`: what the object says of itself as a whole. */
const underWayPhase = /InProgress$|^(?:Creating|Provisioning|Cloning|Importing|Initializing)$/;

/** Not ready and nothing said to be wrong, while the phase says that it is on its way. */
function meaningWithin({ status }: CustomObject, condition: Condition, isWell: boolean): Meaning {
  const meaning = meaningOf(condition, isWell);
  const calm = meaning === 'not-ready' && condition.message === '' && !isFailureReason(condition.reason);
  return calm && underWayPhase.test(textAt(status, 'phase')) ? 'under-way' : meaning;
}

const weight: Readonly<Record<Meaning, number>> = { failed: 3, 'not-ready': 2, 'under-way': 1, nothing: 0 };

/** Of two that mean the same, the one that speaks of the whole comes first. */
function byWeight(a: Told, b: Told): number {
  return weight[b.meaning] - weight[a.meaning] || Number(isOfWhole(b.condition)) - Number(isOfWhole(a.condition));
}

/** A whole that only names its part (`Ready`: "SecurityGroupsReady=False") says less than the part does. */
function summedUp(told: readonly Told[]): Told | undefined {
  const [first] = told;
  return (
    told.find(
      ({ condition, meaning }) =>
        meaning === first?.meaning &&
        condition !== first.condition &&
        condition.message !== '' &&
        first.condition.message.includes(condition.type),
    ) ?? first
  );
}

/** An object that says in its conditions that it has failed or is not ready. */
export function checkConditions(snapshot: Snapshot, object: CustomObject): Finding[] {
  const conditions = conditionsOf(object);
  const isWell = saysWell(conditions);
  const all = conditions.map((condition) => ({ condition, meaning: meaningWithin(object, condition, isWell) }));
  const told = all.filter((t) => counts(snapshot, object, t)).toSorted(byWeight);
  const first = summedUp(told);
  if (first === undefined) return [];
  const { condition, meaning } = first;
  const ref = refToCustom(object);
  const isFailed = meaning === 'failed';
  const how = isFailed
    ? `reports ${condition.type}`
    : `is not ${condition.type === 'Ready' ? 'ready' : condition.type}`;
  const { message, text, quoted, evidence, because } = conditionWords(snapshot, object, condition);
  const shown = distinctBy([...told.map((t) => t.condition).slice(0, 3), ...quoted], (c) => c.type);
  return [
    finding(isFailed ? failed : notReady, {
      object: ref,
      cause: `${refText(ref)} ${how}${text === '' ? '' : `: ${said(text, 420)}`}.`,
      confidence: meaning === 'under-way' ? 'low' : 'medium',
      since: condition.lastTransitionTime ?? '',
      evidence: [...shown.map((c) => fromCondition(ref, c)), ...evidence],
      because: [...leansOn(snapshot, object, message), ...because],
      generic: true,
      ...sharedWords(ref, message),
    }),
  ];
}
