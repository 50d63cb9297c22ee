import { stepsByWords } from '../../evidence/steps-by-words.ts';
import type { StepTable } from '../../evidence/steps-by-words.ts';

/** What to look at first, by what the runtime or the kubelet says. */
const table: StepTable = [
  [
    /resolv\.conf: no such file/,
    'The kubelet hands the file that the message names on to pods (`resolvConf` in /var/lib/kubelet/config.yaml), and the node does not have it. Start what writes it (for /run/systemd/resolve that is systemd-resolved), or set `resolvConf: /etc/resolv.conf` and restart the kubelet.',
  ],
  [
    /exit status 127|symbol lookup error|error while loading shared libraries/,
    'On the node run `runc --version`: it says which library it lacks, often libseccomp 2.5. Upgrade that library, or install a runc that brings it along.',
  ],
  [
    /cgroup/,
    'Compare the drivers of control groups: `cgroupDriver` of the kubelet and `SystemdCgroup` of containerd must name the same, systemd.',
  ],
  [
    /no space left on device|too many open files|cannot allocate memory|resource temporarily unavailable/,
    'The node has used up what the message names (disk or inodes, open files, memory, processes): see which it is with `df -h`, `df -i`, `cat /proc/sys/fs/file-nr` and `free -m` there.',
  ],
  [
    /permission denied|operation not permitted/,
    'SELinux or AppArmor of the node may refuse it: `ausearch -m avc -ts recent`, or `dmesg | grep -i apparmor`.',
  ],
  [
    /deadline ?exceeded|timed out/,
    'The runtime answers too late: look at the load and the disk of the node, then restart containerd (or CRI-O) there.',
  ],
];

/** Steps for a sandbox that cannot be made, by the words of whoever could not make it. */
export function sandboxSteps(message: string): readonly string[] {
  return stepsByWords(table, message);
}
