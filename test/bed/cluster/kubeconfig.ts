import { readFileSync, writeFileSync } from 'node:fs';

/** What it takes to reach a Kubernetes API as somebody. */
export type Credentials = { server: string; ca: string; certificate?: string; key?: string; token?: string };

/** Writes a kubeconfig for one cluster and one user. JSON is YAML, so that nothing here needs a YAML library. */
export function writeKubeconfig(file: string, name: string, credentials: Credentials): void {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const user =
    credentials.token !== undefined
      ? { token: credentials.token }
      : {
          'client-certificate-data': base64(credentials.certificate ?? ''),
          'client-key-data': base64(credentials.key ?? ''),
        };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: credentials.server, 'certificate-authority-data': base64(credentials.ca) } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
}

/** Reads a kubeconfig with one cluster and one user: the bed's own ones, and those that kind writes. */
export function readKubeconfig(file: string): Credentials {
  const text = readFileSync(file, 'utf8');
  const field = (name: string): string | undefined => new RegExp(`"?${name}"?:\\s*"?([^"\\s,]+)`).exec(text)?.[1];
  const decoded = (name: string): string | undefined => {
    const value = field(name);
    return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
  };
  const [server, ca, token] = [field('server'), decoded('certificate-authority-data'), field('token')];
  const [certificate, key] = [decoded('client-certificate-data'), decoded('client-key-data')];
  if (server === undefined || ca === undefined) throw new Error(`${file} names no server or no certificate authority`);
  return { server, ca, ...(certificate && { certificate }), ...(key && { key }), ...(token && { token }) };
}
