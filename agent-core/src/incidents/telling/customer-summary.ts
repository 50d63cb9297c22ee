import type { CustomerState, CustomerSummary } from '@autodevops/domain/incident/customer-summary';
import type { Incident, IncidentState } from '@autodevops/domain/incident/incident';

const states: Readonly<Record<IncidentState, CustomerState>> = {
  open: 'investigating',
  investigating: 'investigating',
  mitigating: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
  reviewed: 'resolved',
  merged: 'investigating',
};

const sentences: Readonly<Record<CustomerState, string>> = {
  investigating: 'We are looking for the cause.',
  identified: 'The cause is known, and we are working on it.',
  monitoring: 'A remedy is in place, and we are watching whether it holds.',
  resolved: 'It is over.',
};

/** `2026-01-01 09:12 UTC`: those who read it are anywhere. */
function clockText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** Somebody is at work on a cause as soon as one is known, whatever the state says. */
function stateFor({ state, causes, acknowledged }: Incident): CustomerState {
  return states[state] === 'investigating' && causes.length > 0 && acknowledged !== undefined
    ? 'identified'
    : states[state];
}

/**
 * What customers may be told of an incident: what a person wrote for them, then what is known. Titles, alerts, causes
 * and objects are of the inside and stand in none of it.
 */
export function customerSummary(incident: Incident): CustomerSummary {
  const { customers, services = [], openedAt, resolvedAt } = incident;
  const state = stateFor(incident);
  const facts = [
    services.length === 0 ? '' : `Affected: ${services.join(', ')}.`,
    resolvedAt === '' ? `Since ${clockText(openedAt)}.` : `From ${clockText(openedAt)} to ${clockText(resolvedAt)}.`,
    sentences[state],
  ];
  const says = customers?.says ?? '';
  return {
    state,
    says,
    saidAt: customers?.at ?? '',
    services: [...services],
    since: openedAt,
    until: resolvedAt,
    text: [says, ...facts].filter((one) => one !== '').join(' '),
  };
}
