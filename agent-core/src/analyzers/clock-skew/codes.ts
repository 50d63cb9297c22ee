import type { CodeEntry } from '@autodevops/domain/finding';

export const nodeAhead: CodeEntry = {
  code: 'node.clock.ahead',
  group: 'node',
  title: 'Clock of a node is ahead',
  severity: 'warning',
  means:
    'Certificates and tokens count as not yet valid or as expired, and times in events and logs cannot be compared.',
  recognised: "The node's lease was renewed more than a minute in the future, while the other nodes' were not.",
  nextSteps: ['On the machine: `timedatectl` and `chronyc tracking`; start or repair time synchronisation.'],
  avoid: ['Do not step the clock of a running etcd member by hand; let the time service slew it.'],
};

export const nodeOff: CodeEntry = {
  code: 'node.clock.off',
  group: 'node',
  title: 'Clock of a node is wrong',
  severity: 'warning',
  means:
    'Tokens that are issued there count as not yet valid or as expired elsewhere, and times in its logs and traces cannot be compared with those of other nodes.',
  recognised:
    "The offset that the node's own time service measures (node_timex_offset_seconds, chrony_tracking_system_time_seconds) is a second or more in its last points.",
  nextSteps: [
    'On the machine: `timedatectl` and `chronyc tracking`; start or repair time synchronisation.',
    'Until then keep new work away from it: `kubectl cordon NODE`.',
  ],
  avoid: ['Do not step the clock of a running etcd member or database by hand; let the time service slew it.'],
};

export const reportedSkew: CodeEntry = {
  code: 'cluster.clock.skew',
  group: 'control-plane',
  title: 'Clocks of the machines differ',
  severity: 'warning',
  means:
    'Components compare times of different machines (leases, tokens, certificates), and fail in odd ways when clocks differ.',
  recognised:
    "A recent log line or event speaks of a clock difference, clock drift or clock skew, or of tokens that are used before they were issued; where a node's clock is known to be wrong, of tokens that are not valid yet, too.",
  nextSteps: [
    'Compare `timedatectl` on the machines that the message names, and start or repair time synchronisation.',
  ],
  avoid: ['Do not step the clock of a running etcd member by hand; let the time service slew it.'],
};
