import type { CodeEntry } from '@autodevops/domain/finding';

export const nodeAhead: CodeEntry = {
  code: 'node.clock.ahead',
  group: 'node',
  title: 'Clock of a node is ahead',
  severity: 'warning',
  means: 'Certificates and tokens count as not yet valid or as expired, and times in events and logs cannot be compared.',
  recognised: 'The node\'s lease was renewed more than a minute in the future, while the other nodes\' were not.',
  nextSteps: ['On the machine: `timedatectl` and `chronyc tracking`; start or repair time synchronisation.'],
  avoid: ['Do not step the clock of a running etcd member by hand; let the time service slew it.'],
};

export const reportedSkew: CodeEntry = {
  code: 'cluster.clock.skew',
  group: 'control-plane',
  title: 'Clocks of the machines differ',
  severity: 'warning',
  means: 'Components compare times of different machines (leases, tokens, certificates), and fail in odd ways when clocks differ.',
  recognised: 'A recent log line or event speaks of a clock difference, clock drift or clock skew, or of tokens that are used before they were issued.',
  nextSteps: ['Compare `timedatectl` on the machines that the message names, and start or repair time synchronisation.'],
  avoid: ['Do not step the clock of a running etcd member by hand; let the time service slew it.'],
};
