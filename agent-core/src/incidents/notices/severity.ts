import type { Cause } from '@autodevops/domain/diagnosis';
import type { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { severityOfWord } from '../../reading/measures/alert-severity.ts';

const ofWord = { critical: 'sev2', warning: 'sev3', info: 'sev4', none: 'sev4' } as const;
const literal = new Map<string, IncidentSeverity>(
  Object.entries({
    sev1: 'sev1',
    sev2: 'sev2',
    sev3: 'sev3',
    sev4: 'sev4',
    s1: 'sev1',
    s2: 'sev2',
    s3: 'sev3',
    s4: 'sev4',
  } as const),
);

/** How bad a word makes it; undefined for one that nobody uses. */
export function incidentSeverityOf(word: string): IncidentSeverity | undefined {
  const known = severityOfWord(word);
  return literal.get(word.toLowerCase()) ?? (known === undefined ? undefined : ofWord[known]);
}

/** How bad an alert's `severity` label makes it. The worst is said by people, or by a label that says so itself. */
export function severityOfAlert(labels: Readonly<Record<string, string>>): IncidentSeverity {
  return incidentSeverityOf(labels['severity'] ?? '') ?? 'sev3';
}

export function severityOfCause({ severity }: Pick<Cause, 'severity'>): IncidentSeverity {
  return ofWord[severity];
}

export function worstSeverity(severities: readonly IncidentSeverity[]): IncidentSeverity {
  return severities.toSorted()[0] ?? 'sev3';
}
