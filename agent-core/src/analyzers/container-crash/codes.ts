import type { CodeEntry } from '@autodevops/domain/finding';

export const uncaughtError: CodeEntry = {
  code: 'pod.crash.exception',
  group: 'crash',
  title: 'Program ends with an uncaught error',
  severity: 'critical',
  means:
    'The program meets an error that it does not handle (an exception, a panic, a segmentation fault) and ends. The cause is in the program, its version or its data.',
  recognised:
    'A container crashes, and its last words are a stack trace, a panic or an exception that no other rule explains.',
  nextSteps: [
    'Read the quoted line and the trace around it: `kubectl logs POD -c CONTAINER --previous`.',
    'If it came with a new version, roll that back.',
  ],
  avoid: ['Do not add a longer probe delay or more replicas: the program ends by itself.'],
};

export const leaseLost: CodeEntry = {
  code: 'pod.crash.lease-lost',
  group: 'crash',
  title: 'Program ended itself after it lost its lease',
  severity: 'warning',
  means:
    'Of the replicas of a controller only one works, and it must renew a lease at the API server every few seconds. It could not in time and ended itself, so that not two work at once. The API server (or its etcd) answered too late, or the program itself stood still for want of CPU.',
  recognised:
    'The last words of a container that crashes are "leader election lost", "failed to renew lease" or their like.',
  nextSteps: [
    'See whether other controllers restarted at the same times: then look at the API server and at etcd (slow disk, load), not at this program.',
    'If it is alone, see whether it is throttled (a CPU limit that is too low) or whether its node was out of service.',
  ],
  avoid: ['Do not switch leader election off while there is more than one replica.'],
};

export const crashLoop: CodeEntry = {
  code: 'pod.crash.unknown',
  group: 'crash',
  title: 'Container keeps crashing',
  severity: 'critical',
  means:
    'The container ends with an error again and again, and neither its status nor its log says why in words that are known here.',
  recognised: 'A container waits in CrashLoopBackOff, or has ended with a code other than 0 and is started again.',
  nextSteps: [
    'Read the last lines of the run before: `kubectl logs POD -c CONTAINER --previous`.',
    'Look at what changed before the first crash; roll it back if that fits.',
  ],
  avoid: ['Do not delete the pod before you have its log.'],
};
