import { expect, it } from 'vitest';
import { incidentOfChange } from './belonging.ts';
import { after, changeSample, diagnosed, incidentSample } from './testing/incident-samples.ts';

const older = incidentSample({ ...diagnosed, id: 'inc-older00' });
const newer = incidentSample({ ...diagnosed, id: 'inc-newer00', openedAt: after(5) });

it('a change belongs to the oldest incident with the cause that it is to remove, whatever is known of the uid', () => {
  expect(incidentOfChange(changeSample(), [newer, older])).toBe('inc-older00');
});

it('a change belongs to the incident that links to it, before any other', () => {
  const linked = incidentSample({
    id: 'inc-linked0',
    openedAt: after(9),
    links: [{ title: '', target: 'chg-bbbbbbbbbbbb' }],
  });
  expect(incidentOfChange(changeSample(), [older, linked])).toBe('inc-linked0');
});

it('a change for another cause, or without one, belongs to none', () => {
  expect(incidentOfChange(changeSample({ reason: { text: 'Because.' } }), [older])).toBeUndefined();
  expect(
    incidentOfChange(changeSample(), [incidentSample({ causesSeen: ['pod.image.not-found Deployment/shop/web2'] })]),
  ).toBeUndefined();
});

it('a change belongs to no incident that is over, nor to one that was opened after its end', () => {
  expect(incidentOfChange(changeSample(), [incidentSample({ ...diagnosed, state: 'resolved' })])).toBeUndefined();
  expect(incidentOfChange(changeSample({ state: 'succeeded', updatedAt: after(2) }), [newer])).toBeUndefined();
  expect(incidentOfChange(changeSample({ state: 'succeeded', updatedAt: after(6) }), [newer])).toBe('inc-newer00');
});
