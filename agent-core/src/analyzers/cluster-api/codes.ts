import type { CodeEntry } from '@autodevops/domain/finding';

export const machineFailed: CodeEntry = {
  code: 'cluster-api.machine.failed',
  group: 'ecosystem',
  title: 'Machine could not be made',
  severity: 'warning',
  means:
    'The provider refused or lost the machine; it is not repaired by itself unless a MachineHealthCheck replaces it.',
  recognised: 'The Machine is in phase Failed or has a failureMessage.',
  nextSteps: [
    'Read the failure message: quota, image, credentials, network.',
    'After the repair delete the Machine; its set makes a new one.',
  ],
  avoid: ["Do not delete the machine at the provider behind Cluster API's back."],
};

export const machineStuck: CodeEntry = {
  code: 'cluster-api.machine.stuck',
  group: 'ecosystem',
  title: 'Machine does not become a node',
  severity: 'warning',
  means: 'The machine is asked for or runs, and no node has joined from it.',
  recognised: 'The Machine is Pending, Provisioning or Provisioned for more than 20 minutes without a nodeRef.',
  nextSteps: [
    'Look at the conditions of its infrastructure and bootstrap objects, and at the boot log of the machine (cloud-init).',
  ],
  avoid: ['Do not delete the machine at the provider by hand: Cluster API then waits for what no longer exists.'],
};

export const notReady: CodeEntry = {
  code: 'cluster-api.not-ready',
  group: 'ecosystem',
  title: 'Cluster API object is not ready',
  severity: 'warning',
  means: 'A cluster, control plane or machine set is not as wanted.',
  recognised:
    'The condition Ready or Available of the object is False for more than ten minutes with severity Error or Warning, and it is not paused.',
  nextSteps: ['Read the condition, and follow it to the machines.'],
  avoid: ['Do not edit the provider objects by hand: their controllers write them back.'],
};
