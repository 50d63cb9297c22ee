import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditCode, AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Change, ChangeEvent } from '@autodevops/domain/change/change';
import { isOutside } from '@autodevops/domain/change/operation';
import type { Operation } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { matchersText } from '../../scarlet/targets/silences.ts';
import { objectNameOf } from '../facts/touch.ts';
import { operationOf } from './steps.ts';

const codes: Readonly<Record<ChangeEvent['type'], AuditCode | undefined>> = {
  proposed: 'CHG001',
  decided: 'CHG002',
  approved: 'CHG003',
  rejected: 'CHG004',
  cancelled: 'CHG005',
  expired: 'CHG006',
  superseded: 'CHG007',
  'execution-began': 'CHG008',
  'step-intended': 'CHG009',
  'step-ended': 'CHG010',
  'verification-began': undefined,
  verified: 'CHG011',
  'not-verified': 'CHG012',
  'undo-began': 'CHG013',
  undone: 'CHG014',
  failed: 'CHG015',
  unknown: 'CHG016',
};

/** Events after which something is not as it was wanted. */
const unwanted: readonly ChangeEvent['type'][] = ['rejected', 'expired', 'not-verified', 'failed', 'unknown'];

type Details = AuditEntry['details'];

/** `patch Deployment shop/web`: which request, without its content. */
export function operationText(operation: Operation): string {
  if (!isOutside(operation)) return `${operation.verb} ${refText(objectNameOf(operation))}`;
  if (operation.verb === 'create-silence') {
    return `silence ${matchersText(operation.matchers)} for ${operation.minutes} minutes`;
  }
  if (operation.verb === 'expire-silence') {
    return `end silence ${operation.silence} of ${matchersText(operation.matchers)}`;
  }
  if (operation.verb === 'helm-rollback') {
    return `roll back Helm release ${operation.namespace}/${operation.release} to revision ${operation.revision}`;
  }
  return operation.verb === 'load-image'
    ? `load image ${operation.image} into ${operation.cluster}`
    : `open a Git change in ${operation.repository} on ${operation.branch}`;
}

function seen({ facts, diff }: Change['plan']): Details {
  return {
    capturedAt: facts.capturedAt,
    fields: diff.map(({ object, path }) => `${refText(object)} ${path}`.trim()),
    services: facts.blastRadius?.services ?? null,
    shareOfReadyEndpoints: facts.blastRadius?.shareOfReadyEndpoints ?? null,
    managedBy: facts.managedBy?.map(({ tool, owner }) => `${tool} ${owner}`) ?? null,
    reversible: facts.reversible,
  };
}

function proposal({ plan, reason }: Change): Details {
  const finding =
    reason.finding === undefined ? null : { code: reason.finding.code, object: refText(reason.finding.object) };
  return {
    finding,
    actions: plan.actions.map(({ request, operations }) => ({
      action: request.action,
      target: refText(request.target),
      operations: operations.map(operationText),
    })),
    seen: seen(plan),
  };
}

function detailsOf(change: Change, event: ChangeEvent): Details {
  switch (event.type) {
    case 'proposed':
      return { ...proposal(change), idempotencyKey: event.idempotencyKey };
    case 'decided':
      return {
        digest: event.digest,
        tier: event.decision.tier,
        rules: event.decision.voices.map(({ rule }) => rule),
        policyVersion: event.decision.policyVersion,
      };
    case 'approved':
      return { digest: event.approval.digest, person: event.approval.actor.person, approvals: change.approvals.length };
    case 'execution-began':
      return { digest: change.digest, holder: event.holder, fence: event.fence };
    case 'step-intended': {
      const operation = operationOf(change.plan, event.step);
      return {
        step: event.step,
        operation: operation === undefined ? '' : operationText(operation),
        uid: event.target?.uid ?? '',
        resourceVersion: event.target?.resourceVersion ?? '',
        fence: event.fence,
      };
    }
    case 'step-ended':
      return { step: event.step, outcome: event.outcome, recovered: event.recovered };
    case 'superseded':
      return { by: event.by };
    default:
      return {};
  }
}

function headline(change: Change): string {
  return change.plan.actions.map(({ sentences }) => sentences.will).join(' ');
}

function sentence(change: Change, event: ChangeEvent): string {
  switch (event.type) {
    case 'proposed':
      return headline(change);
    case 'decided':
      return `${event.decision.tier}: ${event.decision.voices[0]?.why ?? ''}`;
    case 'approved':
      return `${event.approval.actor.name} agreed.`;
    case 'execution-began':
      return `Began: ${headline(change)}`;
    case 'step-intended': {
      const operation = operationOf(change.plan, event.step);
      return operation === undefined ? 'A step begins.' : `Next: ${operationText(operation)}.`;
    }
    case 'step-ended': {
      const operation = operationOf(change.plan, event.step);
      return `${event.outcome}: ${operation === undefined ? 'a step' : operationText(operation)}.`;
    }
    case 'verified':
    case 'not-verified':
    case 'undone':
    case 'failed':
    case 'unknown':
      return event.says;
    case 'undo-began':
      return event.why;
    default:
      return change.says;
  }
}

function succeeded(change: Change, event: ChangeEvent): boolean {
  if (event.type === 'decided') return change.state !== 'forbidden';
  return event.type === 'step-ended' ? event.outcome === 'done' : !unwanted.includes(event.type);
}

/** The audit log's row of an event; undefined for what is not audited. `change` is as it is after the event. */
export function auditOfEvent(change: Change, event: ChangeEvent, actor: Actor): AuditEntry | undefined {
  const code = codes[event.type];
  if (code === undefined) return undefined;
  const onBehalfOf =
    actor.kind === 'agent' && change.requester.account !== actor.account ? change.requester.account : '';
  return {
    code,
    time: event.time,
    actor,
    onBehalfOf,
    subject: change.id,
    success: succeeded(change, event),
    says: sentence(change, event),
    details: detailsOf(change, event),
  };
}
