import type { CodeEntry } from '@autodevops/domain/finding';
import {
  attachFailed,
  deviceBusy,
  driverNotRegistered,
  helperMissing,
  mountFailed,
  multiAttach,
  nfsDenied,
  nfsUnreachable,
  pathMissing,
  storeUnreachable,
  wrongFileSystem,
} from './codes.ts';

interface Reading {
  readonly code: CodeEntry;
  /** A timeout names no reason: anything else says more. */
  readonly vague: boolean;
}

const has = (text: string, ...parts: readonly string[]): boolean => parts.some((part) => text.includes(part));

const ofDamage = [
  'wrong fs type',
  'bad superblock',
  'structure needs cleaning',
  'found errors on device',
  "can't read superblock",
];

/** Of the lines of a mount or a check the one that says what is wrong with the file system. */
export function damageIn(message: string): string {
  return message.split('\n').find((line) => has(line.toLowerCase(), ...ofDamage)) ?? message;
}

/** What CIFS says of a server that does not answer: the numbers are errno(3) of the connection. */
const unreachedByNumber = /mount error\((?:110|111|112|113|115)\)/;

function readMount(text: string): CodeEntry {
  const nfs = has(text, 'mount.nfs', 'nfs');
  if (has(text, 'helper program', 'unknown filesystem type')) return helperMissing;
  if (has(text, ...ofDamage)) return wrongFileSystem;
  if (
    nfs &&
    has(text, 'access denied by server', 'permission denied', 'no such file or directory', 'reason given by server')
  ) {
    return nfsDenied;
  }
  if (
    nfs &&
    has(
      text,
      'failed to resolve',
      'name or service not known',
      'no such host',
      'connection refused',
      'connection timed out',
      'no route to host',
      'temporary failure in name resolution',
      'unreachable',
    )
  ) {
    return nfsUnreachable;
  }
  if (unreachedByNumber.test(text)) return storeUnreachable;
  if (
    has(text, 'rbd: map failed', 'mount error', 'iscsiadm') &&
    has(text, 'connection timed out', 'no route to host', 'host is down', 'network is unreachable')
  ) {
    return storeUnreachable;
  }
  if (has(text, 'already mounted or mount point busy')) return deviceBusy;
  if (has(text, 'newmounter initialization failed') && has(text, 'does not exist')) return pathMissing;
  return mountFailed;
}

/** What an event FailedMount or FailedAttachVolume is about. Texts: kubelet's volume manager, attach/detach controller, mount.nfs(8). */
export function readMessage(reason: string, message: string): Reading {
  const text = message.toLowerCase();
  if (has(text, 'registered csi drivers') || (has(text, 'csinode') && has(text, 'does not contain driver'))) {
    return { code: driverNotRegistered, vague: false };
  }
  if (reason === 'FailedAttachVolume') {
    return { code: has(text, 'multi-attach') ? multiAttach : attachFailed, vague: false };
  }
  const code = readMount(text);
  const vague =
    code === mountFailed &&
    has(
      text,
      'unable to attach or mount volumes',
      'timed out waiting for the condition',
      'timeout expired waiting for volumes',
    );
  return { code, vague };
}

/** `[data logs]` after "unmounted volumes=" of the kubelet's summary. */
export function unmountedVolumes(message: string): readonly string[] {
  const start = message.indexOf('unmounted volumes=[');
  if (start < 0) return [];
  const from = start + 'unmounted volumes=['.length;
  const end = message.indexOf(']', from);
  return end < 0
    ? []
    : message
        .slice(from, end)
        .split(/[\s,]+/)
        .filter((name) => name !== '');
}
