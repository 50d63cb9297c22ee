import type { Because, Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { formatDuration } from '@autodevops/domain/duration';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOwnedBy, groupOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { operatorStandsOn } from '../../reading/platform/cluster-operator.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { numberAt, textAt } from '../../reading/json-value.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { customNamed, unreachedIn, webhooksNamed } from '../../reading/objects-named.ts';
import { ageOf } from '../../reading/recency.ts';
import { referencesIn, siblingsNamedIn } from '../../reading/references-in.ts';
import { said } from '../../reading/said.ts';
import { isSuspended } from '../../reading/workloads/suspended.ts';
import type { Analyzer } from '../analyzer.ts';
import { failed, notObserved, notReady } from './codes.ts';
import { meaningOf } from './condition-meaning.ts';
import type { Meaning } from './condition-meaning.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How long a state may last before it counts. */
const patience: Readonly<Record<Meaning, number>> = { failed: 2 * minute, 'not-ready': 3 * minute, 'under-way': 30 * minute, nothing: Infinity };

/** Groups with rules of their own. */
const elsewhere = ['toolkit.fluxcd.io', 'cert-manager.io', 'kamaji.clastix.io', 'cluster.x-k8s.io', 'keda.sh', 'machine.openshift.io'];

const argoKinds = new Set(['Application', 'Rollout', 'AnalysisRun', 'Workflow']);

function isOurs(object: CustomObject): boolean {
  const group = groupOf(object.apiVersion);
  if (group === 'argoproj.io' && argoKinds.has(object.kind)) return false;
  return group.includes('.') && !elsewhere.some((g) => group === g || group.endsWith(`.${g}`));
}

interface Told {
  readonly condition: Condition;
  readonly meaning: Meaning;
}

/** A run of long ago that failed is history; a thing that should stand and does not is not. */
function counts(snapshot: Snapshot, object: CustomObject, told: Told): boolean {
  const { condition, meaning } = told;
  if (meaning === 'nothing') return false;
  const age = ageOf(snapshot, condition.lastTransitionTime ?? condition.lastUpdateTime ?? object.metadata.creationTimestamp);
  if (age === undefined || age < patience[meaning]) return false;
  return !((condition.type === 'Failed' || condition.type === 'Failure') && age > day);
}

function because(snapshot: Snapshot, object: CustomObject, said: string): readonly Because[] {
  const { uid } = object.metadata;
  const typed = snapshot.ownedBy(uid).map(({ kind, object: owned }) => refTo(kind, owned));
  const custom = customOwnedBy(snapshot, uid).map(refToCustom);
  return [...customNamed(snapshot, said), ...webhooksNamed(snapshot, said), ...unreachedIn(snapshot, said, object.metadata.namespace), ...referencesIn(object), ...siblingsNamedIn(snapshot, object), ...typed, ...custom].slice(0, 100).map((ref): Because => ({ object: ref })).concat(operatorStandsOn(snapshot, object, said));
}

const weight: Readonly<Record<Meaning, number>> = { failed: 3, 'not-ready': 2, 'under-way': 1, nothing: 0 };

/** `ClusterIsNotReady: Cluster Is Not Ready` says nothing. */
function isEmptyTalk(reason: string, message: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return message === '' || bare(message) === bare(reason);
}

/** What operators say beside their conditions. */
function phaseOf({ status }: CustomObject): readonly string[] {
  const [phase, why] = [textAt(status, 'phase'), textAt(status, 'phaseReason') || textAt(status, 'message')];
  return phase === '' && why === '' ? [] : [[phase, why].filter((part) => part !== '').join(', ')];
}

/** A summary without words stands beside the condition that it sums up: `Degraded` beside `NodeDegraded`. */
function fuller(all: readonly Condition[], told: Condition): Condition {
  if (told.reason !== '' || told.message !== '') return told;
  return all.find((c) => c !== told && c.status === told.status && c.type.endsWith(told.type) && c.message !== '') ?? told;
}

function checkConditions(snapshot: Snapshot, object: CustomObject): Finding[] {
  const all = conditionsOf(object).map((condition) => ({ condition, meaning: meaningOf(condition) }));
  const told = all.filter((t) => counts(snapshot, object, t)).toSorted((a, b) => weight[b.meaning] - weight[a.meaning]);
  const [first] = told;
  if (first === undefined) return [];
  const { condition, meaning } = first;
  const ref = refToCustom(object);
  const isFailed = meaning === 'failed';
  const how = isFailed ? `reports ${condition.type}` : `is not ${condition.type === 'Ready' ? 'ready' : condition.type}`;
  const { reason, message } = fuller(conditionsOf(object), condition);
  const text = [reason, message, ...(isEmptyTalk(reason, message) ? phaseOf(object) : [])].filter((part) => part !== '').join(': ');
  return [
    finding(isFailed ? failed : notReady, {
      object: ref,
      cause: `${refText(ref)} ${how}${text === '' ? '' : `: ${said(text)}`}.`,
      confidence: meaning === 'under-way' ? 'low' : 'medium',
      since: condition.lastTransitionTime ?? '',
      evidence: distinctBy([...told.map((t) => t.condition).slice(0, 3), fuller(conditionsOf(object), condition)], (c) => c.type).map((c) => fromCondition(ref, c)),
      because: because(snapshot, object, text),
      generic: true,
    }),
  ];
}

function checkObserved(snapshot: Snapshot, object: CustomObject): Finding[] {
  const observed = numberAt(object.status, 'observedGeneration');
  const { generation } = object.metadata;
  const changed = lastChange(object);
  const age = ageOf(snapshot, changed);
  if (observed === undefined || generation === undefined || observed >= generation || age === undefined || age < 15 * minute) return [];
  const ref = refToCustom(object);
  const well = conditionsOf(object).some((c) => c.type === 'Ready' && c.status === 'True');
  return [
    finding(notObserved, {
      object: ref,
      severity: well ? 'info' : 'warning',
      cause: `${refText(ref)} was changed ${formatDuration(age)} ago (generation ${generation}) and its controller has acted on generation ${observed} only.`,
      confidence: well ? 'low' : 'medium',
      since: changed,
      evidence: [fromStatus(ref, 'status.observedGeneration', `observedGeneration: ${observed}, generation: ${generation}`)],
      generic: true,
    }),
  ];
}

function checkObject(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (!isOurs(object) || object.metadata.deletionTimestamp !== undefined || isSuspended(object)) return [];
  const told = checkConditions(snapshot, object);
  return told.length > 0 ? told : checkObserved(snapshot, object);
}

/** Objects of any kind whose controller says in the usual conditions that they do not work. */
export const kstatus: Analyzer = {
  name: 'kstatus',
  kinds: [],
  codes: [notReady, failed, notObserved],
  analyze: (snapshot) => snapshot.custom.flatMap((object) => checkObject(snapshot, object)),
};
