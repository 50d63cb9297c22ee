import type { CodeEntry } from '@autodevops/domain/finding';

export const firing: CodeEntry = {
  code: 'signal.alert.firing',
  group: 'signal',
  title: 'Alert is firing',
  severity: 'warning',
  means: 'A rule of the monitoring says that something is wrong with this object. It says what it measured, not why.',
  recognised: 'Alertmanager lists the alert as active: neither pending, silenced, inhibited nor ended.',
  nextSteps: ["Read the alert's description and its runbook.", 'Look at the object that its labels name.'],
  avoid: ['Do not silence it before you know what it means.'],
};
