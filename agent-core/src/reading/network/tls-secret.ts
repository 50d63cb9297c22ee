import type { Secret } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';

const day = 24 * 3_600_000;

/** What is wrong with a certificate; `host` is the first host that it does not cover. */
export type TlsTrouble =
  | { readonly kind: 'unusable'; readonly why: string; readonly path: string }
  | { readonly kind: 'expired' | 'not-yet' | 'expiring'; readonly time: string }
  | { readonly kind: 'host'; readonly host: string; readonly names: readonly string[] };

/** `*.example.com` covers one label. Case does not matter. */
export function coversHost(name: string, host: string): boolean {
  const [a, b] = [name.toLowerCase(), host.toLowerCase()];
  if (a === b) return true;
  return a.startsWith('*.') && b.includes('.') && b.slice(b.indexOf('.')) === a.slice(1);
}

function validity(snapshot: Snapshot, secret: Secret): TlsTrouble | undefined {
  const [begins, ends] = [secret.certificate?.notBefore ?? '', secret.certificate?.notAfter ?? ''];
  const [from, until] = [Date.parse(begins), Date.parse(ends)];
  if (!Number.isNaN(until) && until <= snapshot.now) return { kind: 'expired', time: ends };
  if (!Number.isNaN(from) && from - 60_000 > snapshot.now) return { kind: 'not-yet', time: begins };
  if (Number.isNaN(until)) return undefined;
  const short = !Number.isNaN(from) && until - from < 31 * day;
  // Issuers of days-long certificates renew at two thirds of the life: what is normal for them is not soon.
  const life = Number.isNaN(from) ? Infinity : until - from;
  const margin = Math.min(short ? 2 * day : 7 * day, life / 4);
  return until - snapshot.now < margin ? { kind: 'expiring', time: ends } : undefined;
}

/** What clients of these hosts would complain about; undefined when nothing, or when nothing is known. */
export function tlsTrouble(snapshot: Snapshot, secret: Secret, hosts: readonly string[]): TlsTrouble | undefined {
  const missing = ['tls.crt', 'tls.key'].filter((key) => !secret.keys.includes(key));
  if (secret.keys.length > 0 && missing.length > 0) {
    return { kind: 'unusable', why: `it has no key ${missing.join(' and ')}`, path: 'data' };
  }
  if (secret.keys.length === 0 && secret.type !== 'kubernetes.io/tls') {
    return { kind: 'unusable', why: `it is of type ${secret.type} and empty`, path: 'type' };
  }
  const { certificate } = secret;
  if (certificate === undefined) return undefined;
  if (certificate.problem !== undefined) {
    return { kind: 'unusable', why: `its certificate cannot be read (${certificate.problem})`, path: 'data[tls.crt]' };
  }
  const time = validity(snapshot, secret);
  if (time !== undefined && time.kind !== 'expiring') return time;
  const host = hosts.find(
    (h) => h !== '' && certificate.names.length > 0 && !certificate.names.some((name) => coversHost(name, h)),
  );
  if (host !== undefined) return { kind: 'host', host, names: certificate.names };
  return time;
}
