import { X509Certificate } from 'node:crypto';
import type { SecretCertificate } from '@autodevops/domain/kubernetes/cluster';
import { isRecord } from '@autodevops/domain/raw-record';
import type { RawRecord } from '@autodevops/domain/raw-record';
import { recordAt, textAt } from './record-fields.ts';

const nothing: SecretCertificate = {
  notBefore: undefined,
  notAfter: undefined,
  names: [],
  issuer: undefined,
  problem: undefined,
};
const redacted = /redact|hidden|removed|mask|omitted|bytes long|\*{3}|<[^>]*>|x{6}/i;

function isoTime(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function commonName(distinguished: string): string[] {
  const found = /(?:^|\n)CN=([^\n]+)/.exec(distinguished)?.[1];
  return found === undefined ? [] : [found];
}

function readPem(pem: string): SecretCertificate {
  try {
    const certificate = new X509Certificate(pem);
    const alternative = (certificate.subjectAltName ?? '')
      .split(/,\s*/)
      .map((name) => name.replace(/^[A-Za-z ]+:/, ''));
    return {
      notBefore: isoTime(certificate.validFrom),
      notAfter: isoTime(certificate.validTo),
      names: [...new Set([...commonName(certificate.subject), ...alternative.filter((name) => name !== '')])],
      issuer: certificate.issuer.replaceAll('\n', ', '),
      problem: undefined,
    };
  } catch {
    return { ...nothing, problem: 'tls.crt holds a certificate that cannot be read' };
  }
}

/**
 * What the public certificate of a `kubernetes.io/tls` Secret says; undefined for other Secrets, and where whoever made
 * the bundle took the value out. Nothing else of the Secret's values is looked at.
 */
export function secretCertificate(raw: RawRecord): SecretCertificate | undefined {
  if (textAt(raw, 'type') !== 'kubernetes.io/tls') return undefined;
  const stated = raw['certificate'];
  if (isRecord(stated)) return undefined;
  const plain = textAt(recordAt(raw, 'stringData'), 'tls.crt');
  const encoded = textAt(recordAt(raw, 'data'), 'tls.crt');
  const value = plain !== '' ? plain : Buffer.from(encoded, 'base64').toString('latin1');
  if (value.length > 2 ** 20 || redacted.test(encoded) || (encoded === '' && plain === '')) return undefined;
  if (value.includes('-----BEGIN CERTIFICATE-----')) return readPem(value);
  const printableShare = value.replaceAll(/[^\x20-\x7e\s]/g, '').length / Math.max(1, value.length);
  if (redacted.test(value) || printableShare < 0.9) return undefined;
  return { ...nothing, problem: 'tls.crt holds no PEM certificate' };
}
