import { describe, expect, it } from 'vitest';
import { machinePart } from './machine-part.ts';

describe('what the machine of a node lacks', () => {
  it('is a kernel module, where a file is missed that only the module shows', () => {
    expect(
      machinePart(
        'Failed to check br_netfilter: stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory',
      )?.what,
    ).toContain('kernel module br_netfilter');
  });

  it('is a program of the host that a driver asks for', () => {
    expect(
      machinePart(
        'failed to check environment, please make sure you have iscsiadm/open-iscsi installed on the host: failed to execute: nsenter',
      )?.what,
    ).toBe('iscsiadm/open-iscsi, which is not installed there');
  });

  it('is the program that was to be run in the namespaces of the host', () => {
    expect(machinePart('nsenter: failed to execute mount.cifs: No such file or directory')?.what).toContain(
      'mount.cifs',
    );
  });

  it('is a module that the kernel was built without', () => {
    expect(machinePart('modprobe: FATAL: Module rbd not found in directory /lib/modules/6.1.0')?.what).toBe(
      'the kernel module rbd',
    );
  });

  it('is nothing, where a program misses a file of its own', () => {
    expect(machinePart('open /etc/app/config.yaml: no such file or directory')).toBeUndefined();
  });
});
