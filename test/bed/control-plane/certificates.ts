import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';

type Subject = { name: string; organization?: string; alternatives?: string };

/** The certificates of one private control plane: an authority of its own, and one key pair per component. */
export class CertificateFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  certificate(name: string): string {
    return join(this.folder, `${name}.crt`);
  }

  key(name: string): string {
    return join(this.folder, `${name}.key`);
  }

  text(file: string): string {
    return readFileSync(file, 'utf8');
  }

  async createAuthority(): Promise<void> {
    await this.createKey('ca');
    const args = [
      'req',
      '-x509',
      '-new',
      '-key',
      this.key('ca'),
      '-subj',
      '/CN=autodevops-bed',
      '-days',
      '30',
      '-out',
      this.certificate('ca'),
    ];
    await run('openssl', args);
  }

  async createKey(name: string): Promise<void> {
    await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', this.key(name)]);
  }

  /** A certificate for both ends of a connection, signed by the folder's authority. */
  async issue(file: string, subject: Subject): Promise<void> {
    await this.createKey(file);
    const request = join(this.folder, `${file}.csr`);
    const extensions = join(this.folder, `${file}.ext`);
    const names = subject.alternatives === undefined ? '' : `subjectAltName=${subject.alternatives}\n`;
    writeFileSync(
      extensions,
      `basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n${names}`,
    );
    const organization = subject.organization === undefined ? '' : `/O=${subject.organization}`;
    await run('openssl', [
      'req',
      '-new',
      '-key',
      this.key(file),
      '-subj',
      `${organization}/CN=${subject.name}`,
      '-out',
      request,
    ]);
    const serial = `0x${Buffer.from(file).toString('hex')}`;
    await run('openssl', [
      'x509',
      '-req',
      '-in',
      request,
      '-CA',
      this.certificate('ca'),
      '-CAkey',
      this.key('ca'),
      '-set_serial',
      serial,
      '-days',
      '30',
      '-extfile',
      extensions,
      '-out',
      this.certificate(file),
    ]);
  }
}

const SERVER_NAMES =
  'DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1';

/** Everything that a control plane needs, with the names that Kubernetes' own RBAC roles are bound to. */
export async function createCertificates(folder: string): Promise<CertificateFolder> {
  const certificates = new CertificateFolder(folder);
  await certificates.createAuthority();
  await Promise.all([
    certificates.createKey('service-accounts'),
    certificates.issue('server', { name: 'kubernetes', alternatives: SERVER_NAMES }),
    certificates.issue('admin', { name: 'admin', organization: 'system:masters' }),
    certificates.issue('controller-manager', { name: 'system:kube-controller-manager' }),
    certificates.issue('scheduler', { name: 'system:kube-scheduler' }),
  ]);
  return certificates;
}
