import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { textAt } from '../../reading/json-value.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { commandSaid } from '../../reading/platform/command-said.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { deeperWords } from '../../reading/platform/deeper-words.ts';
import type { DeeperWords } from '../../reading/platform/deeper-words.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { isFailureReason, saysWhy } from './condition-meaning.ts';
import { controllerOf } from './controller.ts';

/** What a condition says, with what stands elsewhere where it says little itself. */
export interface ConditionWords {
  readonly message: string;
  /** For use after a colon; empty where nobody says anything. */
  readonly text: string;
  /** Conditions beside the one that was asked for. */
  readonly quoted: readonly Condition[];
  readonly evidence: readonly Evidence[];
  readonly because: readonly Because[];
}

/** One that gives an error as its reason, whatever its status: `Progressing`, of an operator that cannot go on. */
function explaining(all: readonly Condition[], told: Condition): Condition | undefined {
  if (isFailureReason(told.reason)) return undefined;
  return all.find((c) => c.type !== told.type && saysWhy(c));
}

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
  return (
    all.find((c) => c !== told && c.status === told.status && c.type.endsWith(told.type) && c.message !== '') ?? told
  );
}

/** Sends the reader on: `see connectorStatus for more details`. */
const sendsOn = /\bsee\b.{1,60}\b(?:details?|information|status)\b/i;

/** Where its message says little, what a part of the status says of itself. */
function ofParts({ status }: CustomObject, reason: string, message: string): DeeperWords | undefined {
  return sendsOn.test(message) || isEmptyTalk(reason, message) ? deeperWords(status) : undefined;
}

const sketchy = 80;

/** Some controllers keep the reason for an event, and write into the condition only that there was one. */
function tellingEvent(snapshot: Snapshot, ref: ObjectRef, message: string): ClusterEvent | undefined {
  if (message.length > sketchy) return undefined;
  return newestEvents(snapshot, ref).find(
    (event) => event.type === 'Warning' && isRecent(snapshot, event.last) && event.message.length > message.length,
  );
}

function foundEvidence(
  ref: ObjectRef,
  found: {
    readonly event: ClusterEvent | undefined;
    readonly part: DeeperWords | undefined;
    readonly command: ReturnType<typeof commandSaid>;
  },
): readonly Evidence[] {
  const { event, part, command } = found;
  return [
    ...(event === undefined ? [] : [fromEvent(event)]),
    ...(part === undefined ? [] : [fromStatus(ref, part.path, part.text)]),
    ...(command === undefined ? [] : [fromOutput(refTo('Pod', command.pod), command.view, command.line)]),
  ];
}

/** Why a condition is as it is: in its own words, those of another condition, of an event, of a part or of a log. */
export function conditionWords(snapshot: Snapshot, object: CustomObject, told: Condition): ConditionWords {
  const conditions = conditionsOf(object);
  const ref = refToCustom(object);
  const full = fuller(conditions, told);
  const reasoned = phaseOf(object).length === 0 ? explaining(conditions, told) : undefined;
  const { reason } = full;
  const message = reasoned?.message ?? full.message;
  const isEmpty = isEmptyTalk(reason, message);
  const event = tellingEvent(snapshot, ref, message);
  const heard = isEmpty && event === undefined ? controllerOf(snapshot, object) : undefined;
  const command = commandSaid(snapshot, ref, message);
  const part = ofParts(object, reason, message);
  const texts = [
    reason,
    rootError(message, 300),
    part === undefined ? '' : rootError(part.text),
    event === undefined ? '' : rootError(event.message),
    command === undefined ? '' : tellingPart(command.line),
    ...(isEmpty ? phaseOf(object) : []),
    heard === undefined || heard.says === '' ? '' : `its controller says in its log: ${heard.says}`,
  ];
  return {
    message,
    text: texts.filter((text) => text !== '').join(': '),
    quoted: [full, ...(reasoned === undefined ? [] : [reasoned])],
    evidence: [...foundEvidence(ref, { event, part, command }), ...(heard?.evidence ?? [])],
    because: heard?.because ?? [],
  };
}
