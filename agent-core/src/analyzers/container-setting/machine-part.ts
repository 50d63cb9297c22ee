/** What the machine under a pod lacks, in words, and what to do there. */
export interface MachinePart {
  readonly what: string;
  readonly step: string;
}

/** Files that the kernel shows only once a module is loaded. */
const modules: readonly (readonly [string, string])[] = [
  ['/proc/sys/net/bridge/', 'br_netfilter'],
  ['/proc/sys/net/netfilter/', 'nf_conntrack'],
  ['/proc/sys/net/ipv4/vs/', 'ip_vs'],
  ['/dev/net/tun', 'tun'],
  ['/dev/fuse', 'fuse'],
  ['/dev/kvm', 'kvm'],
  ['/dev/rbd', 'rbd'],
];

function moduleOf(text: string): MachinePart | undefined {
  const [path, name] = modules.find(([prefix]) => text.includes(prefix)) ?? [];
  if (path === undefined || name === undefined) return undefined;
  return {
    what: `the kernel module ${name} (it shows in ${path})`,
    step: `Load it on the node (\`modprobe ${name}\`), and name it in /etc/modules-load.d/, so that it is loaded after the next reboot, too.`,
  };
}

const installed = /make sure (?:that )?(?:you have )?([\w./+-]{2,60}) (?:is |are )?installed on the (?:host|node)/i;
const entered = /nsenter: failed to execute ([\w.+-]{2,60}): no such file or directory/i;
const notInKernel = /(?:modprobe: )?fatal: module ([\w-]{2,60}) not found/i;

/** Drivers and agents say which program or module of the node they need; it is in no image and in no volume. */
export function machinePart(text: string): MachinePart | undefined {
  const kernel = notInKernel.exec(text)?.[1];
  if (kernel !== undefined) {
    return {
      what: `the kernel module ${kernel}`,
      step: `Install the kernel's extra modules on the node, or run it on a kernel that has ${kernel}.`,
    };
  }
  const program = installed.exec(text)?.[1] ?? entered.exec(text)?.[1];
  if (program !== undefined) {
    return {
      what: `${program}, which is not installed there`,
      step: `Install ${program} on every node that this pod runs on (by the image of the machines, so that new ones have it), then delete the pod, or wait for its next start.`,
    };
  }
  return moduleOf(text);
}
