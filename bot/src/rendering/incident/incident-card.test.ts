import { describe, expect, it } from 'vitest';
import { actionIds } from '../action-ids.ts';
import { actionsOf, expectHarmless, lettersOf } from '../testing/harmless.ts';
import { incident } from '../testing/samples.ts';
import { incidentCard } from './incident-card.ts';
import { causeValue, incidentFindings, readCauseValue } from './incident-findings.ts';

const view = { cluster: 'prod-eu' };
const [alert] = incident.alerts;
const [cause] = incident.causes;
if (alert === undefined || cause === undefined) throw new Error('the sample has both');

describe('the card of an incident', () => {
  it('has the buttons that its state needs', () => {
    const ann = { account: 'slack:T1/U1', person: 'ann', name: 'Ann' };
    expect(actionsOf(incidentCard(incident, view))).toEqual([
      actionIds.acknowledge,
      actionIds.assignMe,
      actionIds.severity,
      actionIds.update,
      actionIds.resolve,
    ]);
    expect(
      actionsOf(incidentCard({ ...incident, acknowledged: { by: ann, at: incident.openedAt } }, view)),
    ).not.toContain(actionIds.acknowledge);
    expect(actionsOf(incidentCard({ ...incident, state: 'resolved' }, view))).toEqual([
      actionIds.postMortem,
      actionIds.update,
    ]);
    expect(actionsOf(incidentCard({ ...incident, state: 'merged', mergedInto: 'inc-other0000000' }, view))).toEqual([]);
  });

  it('of a storm is one card that counts its alerts', () => {
    const alerts = Array.from({ length: 500 }, (_, index) => ({
      ...alert,
      fingerprint: `f${index}`,
      name: `Alert${index % 30}`,
      summary: '<!channel> '.repeat(100),
    }));
    const card = incidentCard({ ...incident, alerts, alertsLeft: 12 }, view);
    expectHarmless(card);
    expect(lettersOf(card)).toContain('512 alerts fire');
    expect(lettersOf(card)).toContain('and 22 more by other names');
  });

  it('says so when nothing fires any more', () => {
    expect(lettersOf(incidentCard({ ...incident, alerts: [{ ...alert, state: 'resolved' }] }, view))).toContain(
      'No alert fires any more; 1 alert did.',
    );
  });

  it('of one that is part of another leaves alerts and people to that one', () => {
    const text = lettersOf(incidentCard({ ...incident, state: 'merged', mergedInto: 'inc-other0000000' }, view));
    expect(text).toContain('inc-other0000000');
    for (const left of ['Commander', 'fires', alert.name]) expect(text.replace(incident.title, '')).not.toContain(left);
  });
});

describe('findings of an incident', () => {
  it('say first that somebody looks, then what is seen, then that it is gone', () => {
    expect(incidentFindings({ ...incident, causes: [], summary: '' }).text).toBe('Jamie is looking at the cluster.');
    expect(lettersOf(incidentFindings({ ...incident, causes: [] }))).toContain('No cause is known yet.');
    expect(lettersOf(incidentFindings({ ...incident, goneCauses: [cause.key] }))).toContain('no longer seen');
    expect(actionsOf(incidentFindings({ ...incident, goneCauses: [cause.key] }))).toEqual([]);
  });

  it('have buttons that name the cause by its place and by nothing foreign', () => {
    expect(readCauseValue(causeValue(incident, cause) ?? '')).toEqual({ id: incident.id, place: 0 });
    expect(causeValue(incident, { key: 'never seen' })).toBeUndefined();
    for (const value of ['', incident.id, `${incident.id} x`, `${incident.id} -1`, 'chg-0123456789ab 0']) {
      expect(readCauseValue(value)).toBeUndefined();
    }
  });
});
