import type { Actor } from '../../packages/domain/src/change/actor.ts';
import type { AuditEntry } from '../../packages/domain/src/change/audit-event.ts';
import type { ChangeEvent } from '../../packages/domain/src/change/change.ts';
import type { JournalRecord, NewOutboxEvent } from '../../packages/domain/src/ports/store.ts';

const time = '2026-01-01T00:00:00.000Z';
const digest = '9f2c'.repeat(16);
const ann: Actor = {
  kind: 'person',
  account: 'slack:T024BE7LD/U2147483697',
  person: 'ann',
  name: 'Ann Example',
  roles: ['operator', 'on-call'],
  surface: 'slack',
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'checkout',
  uid: 'd9607e19-f88f-11e6-a518-42010a800195',
};

function auditOf(at: number, code: AuditEntry['code'], says: string): AuditEntry {
  const details = {
    digest,
    plan: 'scale deployment shop/checkout from 3 to 5',
    policy: digest,
    voices: ['production-needs-one'],
  };
  return { code, time, actor: ann, onBehalfOf: '', subject: `chg-${at}`, success: true, says, details };
}

function outboxOf(at: number, topic: string): NewOutboxEvent {
  return { time, topic, subject: `chg-${at}`, data: { id: `chg-${at}`, digest } };
}

const proposal: Extract<ChangeEvent, { type: 'proposed' }> = {
  type: 'proposed',
  time,
  requester: ann,
  reason: { text: 'Checkout has no headroom.' },
  idempotencyKey: '',
  expiresAt: time,
  plan: {
    actions: [
      {
        request: { action: 'scale', target: deployment, params: { replicas: 5 } },
        risk: 'low',
        sentences: { will: 'Scale checkout to 5.', doing: 'Scaling checkout to 5.', done: 'Scaled checkout to 5.' },
        operations: [
          {
            verb: 'patch',
            target: { ...deployment, resourceVersion: '71' },
            subresource: 'scale',
            steps: [{ op: 'replace', path: '/spec/replicas', value: 5 }],
          },
        ],
        undo: { operations: [], why: '' },
        patience: 60,
      },
    ],
    diff: [],
    facts: { capturedAt: time, reversible: true, notes: [] },
  },
};

export function proposalOf(at: number): JournalRecord<ChangeEvent> {
  return {
    id: `chg-${at}`,
    after: 0,
    events: [{ ...proposal, idempotencyKey: `key-${at}` }],
    audit: [auditOf(at, 'CHG001', 'Ann proposed to scale checkout to 5.')],
    outbox: [outboxOf(at, 'change.proposed')],
  };
}

/** What is written when a person says yes: the approval, its audit row, the event for those who follow. */
export function approvalOf(at: number): JournalRecord<ChangeEvent> {
  return {
    id: `chg-${at}`,
    after: 1,
    events: [{ type: 'approved', time, approval: { actor: ann, digest, time } }],
    audit: [auditOf(at, 'CHG003', 'Ann approved to scale checkout to 5.')],
    outbox: [outboxOf(at, 'change.approved')],
  };
}
