import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './test-folder.ts';

export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** A self-signed certificate. `days` may be negative: it has ended. Made by openssl, which every test machine has. */
export function selfSigned(options: { readonly name: string; readonly names?: string; readonly days?: number }): Pair {
  const folder = testFolder();
  const end = new Date(Date.now() + (options.days ?? 2) * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
    '-subj',
    `/CN=${options.name}`,
    '-addext',
    `subjectAltName=${options.names ?? 'IP:127.0.0.1,DNS:localhost'}`,
  ];
  try {
    execFileSync('openssl', [...args, '-not_before', '20200101000000Z', '-not_after', `${end}Z`], { stdio: 'pipe' });
  } catch {
    // Before OpenSSL 3.4 `req` has no dates; `x509` cannot set them either, but `ca` can.
    execFileSync('openssl', [...args, '-days', String(Math.max(1, options.days ?? 2))], { stdio: 'pipe' });
    if ((options.days ?? 1) <= 0) return backdated(folder, options.name, end);
  }
  return {
    certificate: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    key: readFileSync(join(folder, 'key.pem'), 'utf8'),
  };
}

function backdated(folder: string, name: string, end: string): Pair {
  const config = `${folder}/ca.cnf`;
  const lines = [
    '[ca]',
    'default_ca=d',
    '[d]',
    `database=${folder}/index.txt`,
    `new_certs_dir=${folder}`,
    `serial=${folder}/serial`,
    'default_md=sha256',
    'policy=p',
    'copy_extensions=copy',
    '[p]',
    'commonName=supplied',
  ];
  execFileSync('sh', [
    '-c',
    `: > ${folder}/index.txt; echo 01 > ${folder}/serial; printf '%s\\n' "$@" > ${config}`,
    'sh',
    ...lines,
  ]);
  execFileSync(
    'openssl',
    [
      'req',
      '-new',
      '-key',
      `${folder}/key.pem`,
      '-out',
      `${folder}/req.pem`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1,DNS:localhost',
    ],
    { stdio: 'pipe' },
  );
  execFileSync(
    'openssl',
    [
      'ca',
      '-batch',
      '-config',
      config,
      '-selfsign',
      '-keyfile',
      `${folder}/key.pem`,
      '-in',
      `${folder}/req.pem`,
      '-out',
      `${folder}/old.pem`,
      '-startdate',
      '20200101000000Z',
      '-enddate',
      `${end}Z`,
      '-notext',
    ],
    { stdio: 'pipe' },
  );
  return {
    certificate: readFileSync(join(folder, 'old.pem'), 'utf8'),
    key: readFileSync(join(folder, 'key.pem'), 'utf8'),
  };
}
