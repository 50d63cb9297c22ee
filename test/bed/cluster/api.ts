import { request } from 'node:https';
import { readKubeconfig, writeKubeconfig } from './kubeconfig.ts';

export type ApiAnswer = { status: number; body: string };

/** One request to a Kubernetes API with the credentials of a kubeconfig. */
export function ask(kubeconfig: string, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
  const credentials = readKubeconfig(kubeconfig);
  const url = new URL(path, credentials.server);
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method,
        ca: credentials.ca,
        cert: credentials.certificate,
        key: credentials.key,
        timeout: 10_000,
        agent: false,
        headers: {
          'content-type': 'application/json',
          ...(credentials.token !== undefined && { authorization: `Bearer ${credentials.token}` }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    call.on('timeout', () => call.destroy(new Error(`no answer from ${url.host} in 10 s`)));
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Like ask, and an answer that is not a success is an error. */
export async function askFor<T>(kubeconfig: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(kubeconfig, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 300)}`);
  return JSON.parse(answer.body) as T;
}

export async function isReady(kubeconfig: string): Promise<boolean> {
  try {
    return (await ask(kubeconfig, 'GET', '/readyz')).status === 200;
  } catch {
    return false;
  }
}

/** Writes a kubeconfig that acts as a ServiceAccount, which has to exist; the token is valid for an hour unless told. */
export async function serviceAccountKubeconfig(
  admin: string,
  namespace: string,
  name: string,
  file: string,
  seconds = 3600,
): Promise<string> {
  type TokenRequest = { status: { token: string } };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: seconds } };
  const { status } = await askFor<TokenRequest>(admin, 'POST', path, body);
  const { server, ca } = readKubeconfig(admin);
  writeKubeconfig(file, `${namespace}-${name}`, { server, ca, token: status.token });
  return file;
}
