import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentAlert } from '@autodevops/domain/incident/incident-event';
import { keptText } from '../kept-text.ts';

/** So many are a storm: they are called by how many they are. */
const storm = 20;
const mostKinds = 2;

function kindsOf(alerts: readonly IncidentAlert[]): string {
  const counts = new Map<string, number>();
  for (const { name } of alerts) counts.set(name, (counts.get(name) ?? 0) + 1);
  const kinds = [...counts].toSorted(([, a], [, b]) => b - a);
  const more = kinds.length - mostKinds;
  const named = kinds
    .slice(0, mostKinds)
    .map(([name, count]) => `${name} (${count})`)
    .join(', ');
  return more > 0 ? `${named} and ${more} more ${more === 1 ? 'kind' : 'kinds'}` : named;
}

function what(alerts: readonly IncidentAlert[], left: number): string {
  const count = alerts.length + left;
  if (count >= storm) return `Storm of ${count} alerts: ${kindsOf(alerts)}`;
  const [first] = alerts;
  const others = count - 1;
  const areAlike = new Set(alerts.map(({ name }) => name)).size === 1;
  if (areAlike) return `${first?.name ?? ''}${others > 0 ? ` (${count} alerts)` : ''}`;
  return `${first?.name ?? ''} and ${others} more ${others === 1 ? 'alert' : 'alerts'}`;
}

/** What an incident of these alerts is called; `left`: alerts that are not among them. */
export function alertsTitle(alerts: readonly IncidentAlert[], left = 0): string {
  if (alerts.length === 0) return 'Alerts';
  const [namespace = '', ...others] = new Set(alerts.map(({ labels }) => labels['namespace'] ?? ''));
  const where = others.length === 0 && namespace !== '' ? ` in ${namespace}` : '';
  return keptText(`${what(alerts, left)}${where}`, incidentBounds.title);
}
