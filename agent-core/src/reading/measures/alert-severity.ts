import type { Severity } from '@autodevops/domain/diagnosis';

type Labels = Readonly<Record<string, string>>;

/** Alerts that are meant to fire, or only serve to inhibit others. */
const byDesign = new Set(['Watchdog', 'InfoInhibitor', 'DeadMansSwitch', 'DeadMansSnitch', 'AlwaysFiring']);

const severities = new Map<string, Severity | 'none'>(
  Object.entries({
    critical: 'critical',
    page: 'critical',
    error: 'critical',
    high: 'critical',
    emergency: 'critical',
    disaster: 'critical',
    p1: 'critical',
    warning: 'warning',
    warn: 'warning',
    medium: 'warning',
    major: 'warning',
    minor: 'warning',
    ticket: 'warning',
    p2: 'warning',
    p3: 'warning',
    info: 'info',
    information: 'info',
    informational: 'info',
    notice: 'info',
    low: 'info',
    none: 'none',
  } as const),
);

/** What a word for how bad it is means; undefined for one that nobody uses. */
export function severityOfWord(word: string): Severity | 'none' | undefined {
  return severities.get(word.toLowerCase());
}

/** What the `severity` label means; `none`: nobody is to be told. Without one it is a warning. */
export function alertSeverity(labels: Labels): Severity | 'none' {
  return severityOfWord(labels['severity'] ?? '') ?? 'warning';
}

export function isByDesign(labels: Labels): boolean {
  return byDesign.has(labels['alertname'] ?? '');
}
