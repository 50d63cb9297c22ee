import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM of a certificate and of its key. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly names?: string;
  /** Valid from and to, as days from now. */
  readonly from?: number;
  readonly to?: number;
}

const config = `[ca]
default_ca=d
[d]
database=index
new_certs_dir=.
serial=serial
default_md=sha256
policy=p
copy_extensions=copy
unique_subject=no
[p]
commonName=supplied
`;

function day(offset: number): string {
  return `${new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

/** A self-signed certificate for the loopback address, which is its own authority, made by openssl. */
export function selfSigned({ names = 'IP:127.0.0.1,DNS:localhost', from = -1, to = 2 }: CertificateWish = {}): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-certificate-'));
  const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  try {
    for (const [name, content] of [
      ['index', ''],
      ['serial', '01\n'],
      ['config', config],
    ] as const) {
      writeFileSync(join(folder, name), content);
    }
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      'key',
      '-out',
      'request',
      '-subj',
      '/CN=test',
      '-addext',
      `subjectAltName=${names}`,
    );
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'config',
      '-selfsign',
      '-keyfile',
      'key',
      '-in',
      'request',
      '-out',
      'certificate',
      '-startdate',
      day(from),
      '-enddate',
      day(to),
    );
    return {
      certificate: readFileSync(join(folder, 'certificate'), 'utf8'),
      key: readFileSync(join(folder, 'key'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
