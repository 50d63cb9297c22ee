import { describe, expect, it } from 'vitest';
import { secretCertificate } from './secret-certificate.ts';

const pem = `-----BEGIN CERTIFICATE-----
MIIBwzCCAWqgAwIBAgIUav+LYymPs20Vmr8QZqH7krygb4AwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAeFw0yNjExMjUwNzQ3MjNaFw0y
NzAyMjMwNzQ3MjNaMBsxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASiBhU0a4foTNsUAbOeG/asQ7Y8X4eQ6nCNxXbm
rh+BXGJjCK2/DITdIYLR5Pgjk12VuXK1pkrAS22xg1W3MZhPo4GLMIGIMB0GA1Ud
DgQWBBTFIjj2NBU519p7KnTTWjDm3XWHnzAfBgNVHSMEGDAWgBTFIjj2NBU519p7
KnTTWjDm3XWHnzAPBgNVHRMBAf8EBTADAQH/MDUGA1UdEQQuMCyCEHNob3AuZXhh
bXBsZS5jb22CEiouc2hvcC5leGFtcGxlLmNvbYcECgAAATAKBggqhkjOPQQDAgNH
ADBEAiBDbI026ruV93RU+S/WKQO5wLWAvBQY64AvlnvQsOfGlAIgNHqxCcXkwsgY
EEOen2Y1AtN5Vr9A4tAlVXPokDeBHP4=
-----END CERTIFICATE-----
`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = (certificate: unknown, type = 'kubernetes.io/tls'): Record<string, unknown> => ({
  type,
  data: { 'tls.crt': certificate, 'tls.key': 'c2VjcmV0' },
});

describe('the certificate of a Secret', () => {
  it('is read for its dates and names', () => {
    const read = secretCertificate(secret(base64(pem)));
    expect(read).toMatchObject({
      names: ['shop.example.com', '*.shop.example.com', '10.0.0.1'],
      issuer: 'CN=shop.example.com',
      problem: undefined,
    });
    expect(Date.parse(read?.notAfter ?? '') - Date.parse(read?.notBefore ?? '')).toBe(90 * 86_400_000);
    expect(secretCertificate({ type: 'kubernetes.io/tls', stringData: { 'tls.crt': pem } })).toEqual(read);
  });

  it('is not looked at in other Secrets', () => {
    expect(secretCertificate(secret(base64(pem), 'Opaque'))).toBeUndefined();
  });

  it.each([
    ['a damaged certificate', base64(pem.replace('MII', 'AAA')), 'tls.crt holds a certificate that cannot be read'],
    ['other text', base64('not a certificate at all'), 'tls.crt holds no PEM certificate'],
  ])('%s is a problem, in words', (_, value, problem) => {
    expect(secretCertificate(secret(value))?.problem).toBe(problem);
  });

  it.each(['***HIDDEN***', '', null, 'REDACTED', '<redacted>', base64('1234 bytes long'), 7])(
    'that was taken out (%s) is no problem',
    (value) => {
      expect(secretCertificate(secret(value))).toBeUndefined();
    },
  );
});
