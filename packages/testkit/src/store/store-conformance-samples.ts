import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { ChangeEvent } from '@autodevops/domain/change/change';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { NewTurn } from '@autodevops/domain/ports/conversations';
import type { MemoryEntry, NewOutboxEvent } from '@autodevops/domain/ports/store';

/** Text that is syntax somewhere: SQL, FTS5, tsquery, JSON, LIKE, a shell, a terminal, a spreadsheet. */
export const oddTexts: readonly string[] = [
  "'; DROP TABLE audit; --",
  '" OR 1=1',
  'NEAR(a b)',
  'a AND NOT b',
  'a:b',
  'col:* ^a',
  "it's & | ! <-> (",
  '%_\\',
  '\0nul\0',
  '\ud800 alone',
  '$(reboot)',
  '=cmd()',
  '{"a":1}',
  '\u001b[31mred',
  '\u202eright to left',
  'ﬁ ligature',
  '日本語の文',
  '👩‍👩‍👧‍👦',
  '\r\n\t',
  '""""',
  "''''",
  '*',
  '-',
  '\\',
  '__proto__',
  'constructor',
  '',
];

export const ann: Actor = {
  kind: 'person',
  account: 'local:ann',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'cli',
};

export function auditEntry(subject: string, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    code: 'CHG001',
    time: '2026-01-01T00:00:00.000Z',
    actor: ann,
    onBehalfOf: '',
    subject,
    success: true,
    says: `Ann proposed ${subject}.`,
    details: { replicas: 3 },
    ...changes,
  };
}

export function outboxEvent(subject: string, topic = 'change.proposed'): NewOutboxEvent {
  return { time: '2026-01-01T00:00:00.000Z', topic, subject, data: { id: subject, nothing: null } };
}

const pod = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u-1' };

export function proposed(idempotencyKey: string, time = '2026-01-01T00:00:00.000Z'): ChangeEvent {
  return {
    type: 'proposed',
    time,
    requester: ann,
    reason: { text: 'The shop is slow.' },
    idempotencyKey,
    expiresAt: '2026-01-01T01:00:00.000Z',
    plan: {
      actions: [
        {
          request: { action: 'scale', target: pod, params: { replicas: 3 } },
          risk: 'low',
          sentences: { will: 'Scale web to 3.', doing: 'Scaling web to 3.', done: 'Scaled web to 3.' },
          operations: [
            {
              verb: 'patch',
              target: { ...pod, resourceVersion: '7' },
              subresource: 'scale',
              steps: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
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
}

export const verificationBegan: ChangeEvent = { type: 'verification-began', time: '2026-01-01T00:01:00.000Z' };
export const verified: ChangeEvent = {
  type: 'verified',
  time: '2026-01-01T00:02:00.000Z',
  says: 'The finding is gone.',
};
export const forbidden: ChangeEvent = {
  type: 'decided',
  time: '2026-01-01T00:00:01.000Z',
  digest: 'd',
  decision: {
    tier: 'forbidden',
    voices: [{ rule: 'floor.system', tier: 'forbidden', why: 'It is of the system.' }],
    roles: [],
    policyVersion: 'p',
  },
};

export function incidentOpened(idempotencyKey: string, time = '2026-01-01T00:00:00.000Z'): IncidentEvent {
  const alert = {
    fingerprint: 'f-1',
    name: 'ShopDown',
    state: 'firing' as const,
    severity: 'sev2' as const,
    startsAt: time,
    endsAt: '',
    summary: '',
    labels: { namespace: 'shop' },
  };
  return {
    type: 'opened',
    time,
    actor: ann,
    idempotencyKey,
    origin: 'alert',
    title: 'ShopDown',
    severity: 'sev2',
    groupKey: '{}:{alertname="ShopDown"}',
    causes: [],
    alerts: [alert],
  };
}

export const incidentSaid: IncidentEvent = {
  type: 'said',
  time: '2026-01-01T00:01:00.000Z',
  actor: ann,
  text: 'We look at it.',
};
export const incidentResolved: IncidentEvent = {
  type: 'resolved',
  time: '2026-01-01T00:02:00.000Z',
  actor: ann,
  why: 'It is well again.',
};
export const incidentReopened: IncidentEvent = {
  type: 'reopened',
  time: '2026-01-01T00:03:00.000Z',
  actor: ann,
  why: 'It fires again.',
};

export function memory(id: string, text: string, changes: Partial<MemoryEntry> = {}): MemoryEntry {
  return { id, kind: 'lesson', thread: 't-1', time: '2026-01-01T00:00:00.000Z', text, data: {}, ...changes };
}

export function newTurn(key: string, changes: Partial<NewTurn> = {}): NewTurn {
  return {
    key,
    time: '2026-01-01T00:00:00.000Z',
    question: `Why is ${key} failing?`,
    understood: '',
    namespace: '',
    intent: 'why-failing',
    outcome: 'answered',
    headline: `${key} is not healthy.`,
    lines: [],
    objects: [pod],
    causes: [
      { code: 'pod.image.not-found', title: 'The image does not exist', object: pod, cause: 'The tag is not there.' },
    ],
    digest: '0'.repeat(64),
    ...changes,
  };
}
