import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files, PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority extends CertificateFiles {
  readonly folder: string;
  /** Issues a certificate for the names, as `subjectAltName` has them; for a client when there are none. */
  readonly issue: (name: string, names?: string) => CertificateFiles;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;

/** An authority of its own folder, which lives as long as the test. Made by openssl. */
export function certificateAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const filesOf = (name: string): CertificateFiles => ({
    certificate: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
  });
  const own = filesOf('authority');
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    '/CN=authority',
    '-keyout',
    own.key,
    '-out',
    own.certificate,
  );
  return {
    ...own,
    folder,
    issue: (name, names) => {
      const files = filesOf(name);
      writeFileSync(
        join(folder, `${name}.ext`),
        names === undefined
          ? 'extendedKeyUsage=clientAuth\n'
          : `extendedKeyUsage=serverAuth\nsubjectAltName=${names}\n`,
      );
      openssl('req', '-new', ...newKey, '-subj', `/CN=${name}`, '-keyout', files.key, '-out', `${name}.csr`);
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        own.certificate,
        '-CAkey',
        own.key,
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        `${name}.ext`,
        '-out',
        files.certificate,
      );
      return files;
    },
  };
}
