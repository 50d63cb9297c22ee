import { existsSync, readFileSync } from 'node:fs';
import { attempt, isOnPath, run } from './command.ts';
import { missing } from './failure.ts';
import { say, timed } from './progress.ts';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Whether this machine's capability bounding set lacks CAP_SYS_RESOURCE (bit 24), as in some sandboxes.
 * Privileged containers then need the runtime wrapper images/node/runc-bounded.
 */
export function lacksSysResource(): boolean {
  if (process.platform !== 'linux') return false;
  const mask = /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 'ffffffffffffffff';
  return ((BigInt(`0x${mask}`) >> 24n) & 1n) === 0n;
}

export function architecture(): 'amd64' | 'arm64' {
  return process.arch === 'arm64' ? 'arm64' : 'amd64';
}

/** What the build way needs from Debian, and the file that shows that it is there. */
const PACKAGES: Readonly<Record<string, string>> = {
  'docker.io': '/usr/sbin/dockerd',
  containerd: '/usr/bin/containerd',
  runc: '/usr/sbin/runc',
  debootstrap: '/usr/sbin/debootstrap',
  jq: '/usr/bin/jq',
  iptables: '/usr/sbin/iptables',
  'busybox-static': '/bin/busybox',
  gcc: '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdlib.h',
  iproute2: '/usr/bin/ip',
  openssl: '/usr/bin/openssl',
  'ca-certificates': '/etc/ssl/certs/ca-certificates.crt',
};

export function missingPackages(): string[] {
  return Object.entries(PACKAGES)
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
}

/** Installs the Debian packages of the build way that are not there yet. */
export async function installPackages(): Promise<void> {
  const wanted = missingPackages();
  if (wanted.length === 0) return;
  const byHand = `Install them by hand: apt-get install ${wanted.join(' ')}`;
  if (!isDebian()) {
    throw missing(
      `These Debian packages are missing and this is not Debian: ${wanted.join(' ')}.`,
      'Start Docker and let the bed pull its node image instead (BED_NODE_IMAGE=pull).',
    );
  }
  if (!isRoot()) {
    throw missing(`These packages are missing and only root may install them: ${wanted.join(' ')}.`, byHand);
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await timed(`Debian packages ${wanted.join(' ')}`, async () => {
    await run('apt-get', ['update', '-qq'], { env, seconds: 300, advice: byHand });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
      env,
      seconds: 900,
      advice: byHand,
    });
  });
}

/** The Debian mirror that apt uses here, so that a machine with a mirror of its own keeps using it. */
export function debianMirror(): string {
  for (const file of ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']) {
    if (!existsSync(file)) continue;
    const found = /^(?:URIs:|deb(?: \[[^\]]*\])?)\s+(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(
      readFileSync(file, 'utf8'),
    );
    if (found?.[1] !== undefined) return found[1];
  }
  return 'http://deb.debian.org/debian';
}

export async function requireGo(): Promise<void> {
  if (await isOnPath('go')) return;
  throw missing(
    'Go is missing, and this piece is not in the cache yet.',
    'Install Go 1.26 or newer (https://go.dev/dl) and put it on PATH.',
  );
}

/** Several three-node clusters need more inotify instances than Linux gives by default. */
export async function raiseInotifyLimit(): Promise<void> {
  const file = '/proc/sys/fs/inotify/max_user_instances';
  if (process.platform !== 'linux' || !isRoot() || Number(readFileSync(file, 'utf8')) >= 512) return;
  const { code } = await attempt('sysctl', [
    '-q',
    '-w',
    'fs.inotify.max_user_instances=1024',
    'fs.inotify.max_user_watches=524288',
  ]);
  say(
    code === 0
      ? 'raised fs.inotify.max_user_instances to 1024 (until the next start of this machine)'
      : 'could not raise fs.inotify limits; several clusters at once may fail',
  );
}
