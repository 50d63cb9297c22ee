import { X509Certificate } from 'node:crypto';
import { secret } from '@autodevops/domain/kubernetes/cluster';
import type { Secret, SecretCertificate } from '@autodevops/domain/kubernetes/cluster';
import { oneLine } from '@autodevops/domain/printable';

function isoTime(time: string): string | undefined {
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString();
}

function namesOf(certificate: X509Certificate): string[] {
  const listed = (certificate.subjectAltName ?? '')
    .split(/,\s*/)
    .map((name) => name.replace(/^(?:DNS|IP Address|URI|email):/, ''));
  const names = listed.filter((name) => name !== '');
  const common = /(?:^|\n)CN=(.+)/.exec(certificate.subject)?.[1];
  return (names.length > 0 || common === undefined ? names : [common]).slice(0, 50).map((name) => oneLine(name, 253));
}

function unreadable(problem: string): SecretCertificate {
  return { notBefore: undefined, notAfter: undefined, names: [], issuer: undefined, problem };
}

/** What the first certificate of a PEM says. */
function certificateIn(pem: string): SecretCertificate {
  if (pem.trim() === '') return unreadable('tls.crt is empty');
  try {
    const certificate = new X509Certificate(pem);
    return {
      notBefore: isoTime(certificate.validFrom),
      notAfter: isoTime(certificate.validTo),
      names: namesOf(certificate),
      issuer: oneLine(certificate.issuer.replaceAll('\n', ', '), 200),
      problem: undefined,
    };
  } catch {
    return unreadable('tls.crt holds no certificate that can be read');
  }
}

/**
 * A Secret as the API sends it, without its values: type and keys, and of a `kubernetes.io/tls` Secret what its public
 * certificate says. Nothing of the values is referred to by the result.
 */
export function readSecret(raw: unknown): Secret {
  const read = secret.read(raw);
  if (read.type !== 'kubernetes.io/tls') return read;
  const data = (raw as { data?: unknown }).data;
  if (typeof data !== 'object' || data === null) return read;
  const encoded = (data as Record<string, unknown>)['tls.crt'];
  if (typeof encoded !== 'string') return { ...read, certificate: unreadable('there is no tls.crt') };
  return { ...read, certificate: certificateIn(Buffer.from(encoded, 'base64').toString('utf8')) };
}
