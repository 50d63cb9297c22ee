import type { CodeEntry } from '@autodevops/domain/finding';

export const reportedProblem: CodeEntry = {
  code: 'node.problem.condition',
  group: 'node',
  title: 'Node reports a problem of its machine',
  severity: 'warning',
  means:
    "A detector on the node (node-problem-detector or the provider's agent) found a fault of the kernel, the runtime, the disk or the hardware. Pods on it may hang or fail in odd ways.",
  recognised:
    'A node condition beside the standard ones says so: KernelDeadlock, ReadonlyFilesystem, FrequentKubeletRestart and the like are True, or KernelReady, StorageReady and the like are False.',
  nextSteps: [
    "Read the condition's message, then the kernel log on the machine (`journalctl -k -n 200`).",
    'Cordon the node so that nothing new starts there, drain it, and repair, reboot or replace the machine.',
  ],
  avoid: ['Do not reboot before the kernel log is saved, if the cause is to be found.'],
};

export const systemOom: CodeEntry = {
  code: 'node.memory.system-oom',
  group: 'node',
  title: 'Node ran out of memory and the kernel killed a process',
  severity: 'warning',
  means:
    'The whole machine, not one container, had no memory left. The kernel chose a victim, which may have been the kubelet, the runtime or any pod.',
  recognised: 'A recent event SystemOOM about the node, which names the victim.',
  nextSteps: [
    'See which pods on the node use far more memory than they request, and give them true requests and limits.',
    'Reserve memory for the system (`systemReserved`, `kubeReserved`) so that the kubelet evicts before the kernel kills.',
  ],
  avoid: ['Do not disable the out-of-memory killer.'],
};

export const rebooted: CodeEntry = {
  code: 'node.rebooted',
  group: 'node',
  title: 'Node was rebooted',
  severity: 'info',
  means: 'The machine started again; every container on it was restarted.',
  recognised: 'A recent event Rebooted about the node, with a new boot id.',
  nextSteps: ["If nobody planned it, read the machine's log of the time before (`journalctl -b -1 -n 200`)."],
  avoid: [],
};

export const detected: CodeEntry = {
  code: 'node.problem.event',
  group: 'node',
  title: 'Node reports a trouble of its machine again and again',
  severity: 'warning',
  means:
    'A detector on the node saw something in the kernel, the network or the disk that has no condition of its own. Pods on this node may lose connections, hang or fail in odd ways, while those elsewhere are well.',
  recognised:
    "Warning events of a detector (node-problem-detector, the provider's agent) about the node, several of one reason, the last of them minutes ago.",
  nextSteps: [
    'Read the kernel log on the machine (`journalctl -k -n 200`).',
    'A full connection table (conntrack): raise `net.netfilter.nf_conntrack_max`, and find the pod that opens so many connections.',
    'Cordon the node while pods on it suffer.',
  ],
  avoid: ['Do not restart the pods that suffer before you have looked at the machine: they come back to it.'],
};

export const rebootedRepeatedly: CodeEntry = {
  code: 'node.rebooted.repeatedly',
  group: 'node',
  title: 'Node starts again and again',
  severity: 'critical',
  means:
    'The machine was started several times within an hour. Every container on it is restarted each time; their exit codes (255, Unknown) are not their own fault.',
  recognised: 'Three or more events Rebooted about the node within an hour, each with another boot id.',
  nextSteps: [
    'Cordon and drain the node, so that its pods run elsewhere.',
    'Look for the reason in the log of the time before a start (`journalctl -b -1 -n 200`): a panic of the kernel, a watchdog, power, memory errors.',
    'Check that no second machine has the same host name: both would write to one Node.',
  ],
  avoid: ['Do not look for the fault in the pods that restarted.'],
};

export const maintenance: CodeEntry = {
  code: 'node.maintenance.scheduled',
  group: 'node',
  title: 'Maintenance of the node is announced',
  severity: 'info',
  means: 'The provider will freeze, reboot or take away the machine.',
  recognised: 'A node condition such as RebootScheduled, PreemptScheduled or TerminateScheduled is True.',
  nextSteps: ['Drain the node before the announced time.'],
  avoid: [],
};
