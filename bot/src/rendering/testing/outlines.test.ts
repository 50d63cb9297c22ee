import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { answerMessage } from '../answer/answer-message.ts';
import { changeCard } from '../change/change-card.ts';
import { diffMessage } from '../change/diff-message.ts';
import { causeMessage, diagnosisMessage } from '../diagnosis/diagnosis-message.ts';
import { postMortemNumbers } from '../incident/post-mortem.ts';
import { killSwitchForm, rejectForm } from '../forms/change-forms.ts';
import { openIncidentForm, updateForm } from '../forms/incident-forms.ts';
import { linkForm } from '../forms/link-form.ts';
import { helpMessage } from '../help/help-message.ts';
import { homeView } from '../home/home-view.ts';
import { incidentCard } from '../incident/incident-card.ts';
import { awaySummary } from '../incident/away-summary.ts';
import { incidentFindings } from '../incident/incident-findings.ts';
import { incidentList } from '../incident/incident-list.ts';
import { errorMessage } from '../refusal/error-message.ts';
import { refusalMessage } from '../refusal/refusal-message.ts';
import { expectHarmless, expectHarmlessView } from './harmless.ts';
import { outline } from './outline.ts';
import { ann, cause, change, diagnosis, incident, person } from './samples.ts';

const view = { cluster: 'prod-eu' };
const time = '2026-11-30T08:10:00.000Z';
const incidentLine = { ...incident, firing: 2 };
const changeLine = {
  ...change,
  will: change.plan.actions.map(({ sentences }) => sentences.will),
  tier: 'two',
  askedBy: 'Ann',
  yours: false,
  awaitsYou: true,
};
const approved = {
  ...change,
  state: 'approved' as const,
  says: 'Agreed to by Ann and Bob.',
  approvals: [ann, person('Bob', 'slack:T1/U2')].map((actor) => ({ actor, digest: change.digest, time })),
};
const executing = {
  ...approved,
  state: 'executing' as const,
  says: 'It is being done.',
  steps: [{ step: { direction: 'forward' as const, action: 0, operation: 0 }, says: 'Begun.' }],
};
const succeeded = {
  ...approved,
  state: 'succeeded' as const,
  says: 'Deployment shop/web has 4 of 4 pods ready.',
  steps: [
    {
      step: { direction: 'forward' as const, action: 0, operation: 0 },
      outcome: 'done' as const,
      says: 'Took Deployment shop/web back to revision 6.',
    },
  ],
};

const messages = {
  diagnosis: diagnosisMessage(diagnosis, { share: 'shr-1', fix: () => 'fix-1' }),
  healthy: diagnosisMessage({
    ...diagnosis,
    verdict: 'healthy',
    summary: 'Everything that was looked at is well.',
    causes: [],
    blindSpots: [],
    information: [],
  }),
  cause: causeMessage(cause),
  answer: answerMessage({
    schemaVersion: 1,
    question: 'which pods restart?',
    intent: 'restarts',
    outcome: 'answered',
    headline: '2 pods restarted in the last hour.',
    lines: ['Both are of Deployment shop/web.'],
    table: {
      columns: ['pod', 'restarts'],
      rows: [
        ['shop/web-1', '4'],
        ['shop/web-2', '3'],
      ],
    },
    causes: [],
    objects: [],
    suggestions: [],
    blindSpots: [],
  }),
  'incident-open': incidentCard(incident, view),
  'incident-mitigating': incidentCard(
    {
      ...incident,
      state: 'mitigating',
      commander: { account: 'slack:T1/U1', person: 'ann', name: 'Ann' },
      responders: [{ account: 'a', person: 'bob', name: 'Bob' }],
      tasks: [{ number: 1, text: 'Tell support', done: false }],
    },
    view,
  ),
  'incident-escalated': incidentCard(
    {
      ...incident,
      services: ['Checkout'],
      escalation: {
        policy: 'default',
        step: 2,
        round: 0,
        at: time,
        reached: true,
        told: [{ to: { account: 'slack:T1/U2', person: 'bob', name: 'Bob' }, at: time, answeredAt: '' }],
      },
      updateDueSince: time,
    },
    view,
  ),
  'incident-silent': incidentCard(
    {
      ...incident,
      acknowledged: { by: { account: 'slack:T1/U1', person: 'ann', name: 'Ann' }, at: time },
      silence: {
        until: time,
        by: { account: 'slack:T1/U1', person: 'ann', name: 'Ann' },
        why: 'known, waits for the vendor',
      },
    },
    view,
  ),
  'incident-resolved': incidentCard(
    {
      ...incident,
      state: 'resolved',
      resolvedAt: time,
      alerts: incident.alerts.map((alert) => ({ ...alert, state: 'resolved' as const })),
      goneCauses: incident.causesSeen,
    },
    view,
  ),
  'incident-findings': incidentFindings(incident),
  'incident-list': incidentList([incidentLine]),
  'while-away': awaySummary(incident.title, incident.timeline, time),
  'change-waiting': changeCard(change, view),
  'change-one-yes': changeCard(
    { ...change, approvals: approved.approvals.slice(0, 1), says: '1 of 2 people agreed.' },
    view,
  ),
  'change-executing': changeCard(executing, view),
  'change-succeeded': changeCard(succeeded, view),
  'change-rejected': changeCard({ ...change, state: 'rejected', says: 'Bob said no: Not before lunch.' }, view),
  diff: diffMessage(change).message,
  'post-mortem': postMortemNumbers({ ...incident, metrics: { toAcknowledge: 30, toCause: 2, toResolve: 900 } }),
  error: errorMessage(
    new AutoDevOpsError('change.not-allowed', 'You asked for this change yourself.', 'Somebody else has to agree.'),
    'ref-7f3a',
  ),
  'unexpected-error': errorMessage(new Error('token xoxb-secret'), 'ref-7f3a'),
  refusal: refusalMessage('not-linked'),
  help: helpMessage('/jamie', 'looks at your cluster.', [
    { usage: '/jamie ask QUESTION', does: 'answers a question.', example: '/jamie ask why is web down' },
  ]),
} as const;

const views = {
  home: homeView({
    person: { name: 'Ann', isLinked: true },
    cluster: { name: 'prod-eu', mode: 'cloud', autonomy: 'assist' },
    health: { version: '1', ready: true, parts: [{ name: 'store', well: false, says: 'The disk is full.' }] },
    killSwitch: { on: true, by: 'Bob', why: 'odd restarts', since: time },
    approvals: [changeLine],
    incidents: undefined,
    asOf: time,
  }),
  'home-not-linked': homeView({ person: { name: 'Ann', isLinked: false }, asOf: time }),
  'form-open-incident': openIncidentForm({}, 'shop is slow'),
  'form-update': updateForm(incident),
  'form-reject': rejectForm(change),
  'form-kill-switch': killSwitchForm(false),
  'form-link': linkForm(),
} as const;

describe('what people read', () => {
  for (const [name, message] of Object.entries(messages)) {
    it(`is as it was last agreed on: ${name}`, async () => {
      expectHarmless(message);
      await expect(outline(message)).toMatchFileSnapshot(`./golden/${name}.txt`);
    });
  }

  for (const [name, content] of Object.entries(views)) {
    it(`is as it was last agreed on: ${name}`, async () => {
      expectHarmlessView(content);
      await expect(outline(content)).toMatchFileSnapshot(`./golden/${name}.txt`);
    });
  }

  it('never holds the words of an error that is not ours', () => {
    expect(JSON.stringify(messages['unexpected-error'])).not.toContain('xoxb');
  });
});
