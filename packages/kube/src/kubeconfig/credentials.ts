import { X509Certificate } from 'node:crypto';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { readCredentialFile } from './credential-file.ts';
import { pathsOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { runExecPlugin } from './exec-plugin.ts';
import type { ExecCredential } from './exec-plugin.ts';
import type { UserEntry } from './kubeconfig-file.ts';
import type { Placed } from './merged-kubeconfig.ts';

/** What one request carries. `expiresAt`: milliseconds since the epoch, where it can be known. */
export interface Credentials {
  readonly kind: 'client certificate' | 'token' | 'password' | 'plugin' | 'none';
  readonly authorization: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly expiresAt: number | undefined;
}

export interface CredentialContext {
  readonly environment: Environment;
  /** The cluster as exec plugins are told of it. */
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly execTimeoutMs: number;
}

const tokenFileAgeMs = 10_000;
/** A plugin's credential is renewed a little before it ends, so that none ends under way. */
const expiryMarginMs = 10_000;

/** A PEM out of its data, or of its file (relative to the kubeconfig). Throws `kubeconfig.credentials`. */
export async function readPem(
  data: string,
  path: string,
  placed: { readonly folder: string; readonly what: string; readonly environment: Environment },
): Promise<string | undefined> {
  if (data !== '') return Buffer.from(data, 'base64').toString('utf8');
  if (path === '') return undefined;
  return readCredentialFile(pathsOf(placed.environment).resolve(placed.folder, path), placed.what);
}

function certificateEnd(certificate: string | undefined): number | undefined {
  if (certificate === undefined) return undefined;
  try {
    const end = Date.parse(new X509Certificate(certificate).validTo);
    return Number.isNaN(end) ? undefined : end;
  } catch {
    throw new AutoDevOpsError(
      'kubeconfig.credentials',
      'The client certificate of the kubeconfig is no certificate.',
      'Get a new kubeconfig.',
    );
  }
}

/** When a JWT ends, as far as it says so itself. */
function tokenEnd(token: string): number | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

function ofToken(token: string, kind: Credentials['kind'] = 'token'): Credentials {
  const clean = token.trim();
  if (clean === '' || /[^\x21-\x7e]/.test(clean)) {
    throw new AutoDevOpsError(
      'kubeconfig.credentials',
      `The token of the kubeconfig ${clean === '' ? 'is empty' : 'holds characters that no token has'}.`,
      'Get a new token or kubeconfig.',
    );
  }
  return { kind, authorization: `Bearer ${clean}`, certificate: undefined, key: undefined, expiresAt: tokenEnd(clean) };
}

function fromProvider(provider: {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}): Credentials {
  const token = provider.config['id-token'] ?? provider.config['access-token'];
  if (token !== undefined && (tokenEnd(token) ?? Number.POSITIVE_INFINITY) > Date.now()) return ofToken(token);
  throw new AutoDevOpsError(
    'kubeconfig.credentials',
    `The kubeconfig logs in by "${oneLine(provider.name, 60)}", an auth provider that kubectl no longer has, and holds no token that is still valid.`,
    "Log in again with your cloud's tool, or use its exec plugin.",
  );
}

function readStatic(user: UserEntry): Credentials | undefined {
  if (user.token !== '') return ofToken(user.token);
  if (user.username !== '') {
    const basic = Buffer.from(`${user.username}:${user.password}`, 'utf8').toString('base64');
    return {
      kind: 'password',
      authorization: `Basic ${basic}`,
      certificate: undefined,
      key: undefined,
      expiresAt: undefined,
    };
  }
  return undefined;
}

function tokenFileReader(path: string, fallback: Credentials | undefined): () => Promise<Credentials> {
  let held: { readonly at: number; readonly credentials: Credentials } | undefined;
  return async () => {
    if (held !== undefined && performance.now() - held.at < tokenFileAgeMs) return held.credentials;
    try {
      held = { at: performance.now(), credentials: ofToken(await readCredentialFile(path, 'token')) };
      return held.credentials;
    } catch (error) {
      if (held !== undefined) return held.credentials;
      if (fallback !== undefined) return fallback;
      throw error;
    }
  };
}

function execReader(user: Placed<UserEntry>, context: CredentialContext): () => Promise<Credentials> {
  let held: Promise<ExecCredential> | undefined;
  let until = 0;
  const config = user.entry.exec;
  return async () => {
    if (config === undefined) return none;
    if (held === undefined || Date.now() >= until) {
      until = Number.POSITIVE_INFINITY;
      const { environment, cluster, execTimeoutMs: timeoutMs } = context;
      held = runExecPlugin({ config, folder: user.folder, cluster, environment, timeoutMs });
      held.catch(() => {
        held = undefined;
      });
    }
    const { token, certificate, key, expiresAt } = await held;
    if (expiresAt !== undefined) until = expiresAt - expiryMarginMs;
    const authorization = token === undefined || token === '' ? undefined : ofToken(token).authorization;
    return { kind: 'plugin', authorization, certificate, key, expiresAt };
  };
}

const none: Credentials = {
  kind: 'none',
  authorization: undefined,
  certificate: undefined,
  key: undefined,
  expiresAt: undefined,
};

/**
 * How a user of a kubeconfig proves who they are. The result is asked before each request: token files are read again,
 * plugins run again when what they gave ends. Throws `kubeconfig.credentials`, then and there or when asked.
 */
export async function credentialReader(
  user: Placed<UserEntry>,
  context: CredentialContext,
): Promise<() => Promise<Credentials>> {
  const { entry, folder } = user;
  const { environment } = context;
  const place = { folder, environment };
  const certificate = await readPem(entry['client-certificate-data'], entry['client-certificate'], {
    ...place,
    what: 'client certificate',
  });
  const key = await readPem(entry['client-key-data'], entry['client-key'], { ...place, what: 'client key' });
  if ((certificate === undefined) !== (key === undefined)) {
    throw new AutoDevOpsError(
      'kubeconfig.credentials',
      `The kubeconfig has a client ${key === undefined ? 'certificate without its key' : 'key without its certificate'}.`,
      'Get a new kubeconfig.',
    );
  }
  const withCertificate = (credentials: Credentials): Credentials =>
    certificate === undefined || credentials.certificate !== undefined
      ? credentials
      : { ...credentials, certificate, key };
  const known = readStatic(entry);
  if (entry.tokenFile !== '') {
    const readToken = tokenFileReader(pathsOf(environment).resolve(folder, entry.tokenFile), known);
    return async () => withCertificate(await readToken());
  }
  if (known !== undefined) return async () => withCertificate(known);
  if (entry.exec !== undefined) {
    const readExec = execReader(user, context);
    return async () => withCertificate(await readExec());
  }
  const provider = entry['auth-provider'];
  if (provider !== undefined && certificate === undefined) return async () => fromProvider(provider);
  if (certificate === undefined) return async () => none;
  let held: Credentials | undefined;
  return async () =>
    (held ??= {
      kind: 'client certificate',
      authorization: undefined,
      certificate,
      key,
      expiresAt: certificateEnd(certificate),
    });
}
