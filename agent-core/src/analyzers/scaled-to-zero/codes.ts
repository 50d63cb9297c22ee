import type { CodeEntry } from '@autodevops/domain/finding';

export const replicasZero: CodeEntry = {
  code: 'workload.scaled-to-zero',
  group: 'workload',
  severity: 'info',
  title: 'Workload is scaled to zero',
  means:
    'The workload runs no pod because it is set to none. That is a decision of somebody or of an autoscaler, and a problem only where something needs it (a Service in use then says so).',
  recognised: 'spec.replicas is 0; managedFields say who wrote it last.',
  nextSteps: ['Scale it up if it should run: `kubectl scale KIND/NAME --replicas=N`.'],
  avoid: ['Do not scale up what was switched off for maintenance or to save cost without asking.'],
};
