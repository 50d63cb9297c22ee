import { CustomerSummary } from '@autodevops/domain/incident/customer-summary';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { expect, it } from 'vitest';
import { customerSummary } from './customer-summary.ts';
import { incidentOf } from '../incident-state.ts';
import { ann, cause, firingAlert, jamie, openedByAlert } from '../testing/incident-events.ts';

const at = (minute: number): { readonly time: string; readonly actor: typeof ann } => ({
  time: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  actor: ann,
});

function summary(...events: readonly IncidentEvent[]): CustomerSummary {
  const incident = incidentOf('inc-1', [
    openedByAlert({
      title: 'KubePodCrashLooping in payments',
      alerts: [firingAlert('f', { name: 'KubePodCrashLooping', summary: 'pod api-7f4 restarts' })],
    }),
    {
      type: 'diagnosed',
      ...at(1),
      actor: jamie,
      summary: 'Deployment shop/api: the tag is not there.',
      causes: [cause()],
    },
    ...events,
  ]);
  if (incident === undefined) throw new Error('There is none.');
  return CustomerSummary.parse(customerSummary(incident));
}

it("what customers may hear are a person's words first, then known facts", () => {
  expect(
    summary(
      { type: 'services-set', ...at(2), services: ['Checkout', 'Refunds'] },
      { type: 'customers-told', ...at(3), text: 'Paying takes longer than usual.' },
    ),
  ).toEqual({
    state: 'investigating',
    says: 'Paying takes longer than usual.',
    saidAt: '2026-01-01T00:03:00.000Z',
    services: ['Checkout', 'Refunds'],
    since: '2026-01-01T00:00:00.000Z',
    until: '',
    text: 'Paying takes longer than usual. Affected: Checkout, Refunds. Since 2026-01-01 00:00 UTC. We are looking for the cause.',
  });
});

it('it follows the incident to its end', () => {
  const taken: IncidentEvent = { type: 'acknowledged', ...at(2) };
  const watched: IncidentEvent = { type: 'state-set', ...at(5), state: 'monitoring', why: '' };
  const over: IncidentEvent = { type: 'resolved', ...at(30), why: 'Rolled back by Ann.' };
  expect(
    [summary(), summary(taken), summary(taken, watched), summary(taken, watched, over)].map(({ state }) => state),
  ).toEqual(['investigating', 'identified', 'monitoring', 'resolved']);
  expect(summary(over).text).toBe('From 2026-01-01 00:00 UTC to 2026-01-01 00:30 UTC. It is over.');
});

it('nothing of the inside is in it: no title, alert, object, cause or name', () => {
  const said = summary(
    { type: 'assigned', ...at(2), role: 'commander', to: { account: 'local:ann', person: 'ann', name: 'Ann' } },
    { type: 'said', ...at(3), text: 'api-7f4 is the one' },
  );
  expect(JSON.stringify(said)).not.toMatch(/Kube|payments|shop|api|tag|Ann/);
});
