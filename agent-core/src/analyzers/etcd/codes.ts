import type { CodeEntry } from '@autodevops/domain/finding';

export const noSpace: CodeEntry = {
  code: 'control-plane.etcd.no-space',
  group: 'control-plane',
  title: 'etcd is full and refuses writes',
  severity: 'critical',
  means:
    'The database reached its quota. etcd raised the alarm NOSPACE and takes no more writes: nothing in the cluster can be created, changed or even reported until it is cleared.',
  recognised: 'Recent events or logs say "mvcc: database space exceeded", or etcd logs the alarm NOSPACE.',
  nextSteps: [
    'With etcdctl: `endpoint status -w table`, compact to the current revision, `defrag` each member in turn, then `alarm disarm`.',
    'Find what fills it (events, large ConfigMaps or custom objects written in a loop), and raise --quota-backend-bytes (8 GiB at most) if the data is meant to be there.',
  ],
  avoid: ['Do not disarm the alarm before space is freed.', "Do not delete files of etcd's data directory."],
};

export const slow: CodeEntry = {
  code: 'control-plane.etcd.slow',
  group: 'control-plane',
  title: 'etcd answers slowly',
  severity: 'warning',
  means: "etcd's disk or machine is too slow: requests time out, leaders change, controllers restart.",
  recognised:
    'Repeated recent log lines: "leader failed to send out heartbeat on time", "slow fdatasync", "etcdserver: request timed out" or "etcdserver: leader changed".',
  nextSteps: [
    "Measure the disk of etcd's data directory (99 % of fdatasync below 10 ms) and move it to a fast disk of its own.",
    'Look for CPU starvation of the control-plane machines.',
  ],
  avoid: ['Do not enlarge heartbeat and election time-outs before the disk is known to be good.'],
};
