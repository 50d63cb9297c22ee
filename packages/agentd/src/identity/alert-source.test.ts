import { expect, it } from 'vitest';
import { actorOfSource, requireSource } from './alert-source.ts';

const alertmanager = actorOfSource({ source: 'alertmanager', name: 'Alertmanager' });

it('a source tells of alerts in its own name, and in no other', () => {
  expect(() => requireSource(alertmanager, 'alertmanager')).not.toThrow();
  expect(() => requireSource(alertmanager, 'pagerduty')).toThrow(
    'Alertmanager does not tell of alerts in the name of pagerduty.',
  );
});

it('a person may bring alerts of any source', () => {
  expect(() =>
    requireSource({ ...alertmanager, kind: 'person', account: 'local:ann', roles: ['operator'] }, 'pagerduty'),
  ).not.toThrow();
});
