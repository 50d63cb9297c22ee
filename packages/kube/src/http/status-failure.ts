import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { name, number, object } from '@autodevops/domain/kubernetes/shape';
import { oneLine } from '@autodevops/domain/printable';
import { secretMask, redact } from '@autodevops/domain/redact';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { serverText } from './failure.ts';

/** What the client knows of an answer that is no success. `body` at most 64 KiB, of a write 8 MiB. */
export interface Refusal {
  readonly status: number;
  readonly path: string;
  readonly body: string;
  readonly retryAfterMs: number | undefined;
  readonly access: ClusterAccess;
  readonly credentials: Credentials;
}

interface HttpCause {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
}

const statusShape = object({ kind: name, reason: name, message: name, details: object({ retryAfterSeconds: number }) });
type Status = ReturnType<typeof statusShape.read>;

function statusOf(body: string): Status | undefined {
  try {
    const status = statusShape.read(JSON.parse(body));
    return status.kind === 'Status' ? status : undefined;
  } catch {
    return undefined;
  }
}

/** What the API server said, without what was sent to it: masked, on one line, short. */
function said(status: Status | undefined, credentials: Credentials): string {
  if (status === undefined || status.message === '') return '';
  const secret = credentials.authorization?.split(' ')[1];
  const without = secret === undefined ? status.message : status.message.replaceAll(secret, secretMask);
  return `: ${oneLine(redact(without), 160)}`;
}

type Meaning = readonly [ErrorCode, string, string | RemedyParts];

function unauthorized({ credentials }: Refusal): Meaning {
  const { kind, expiresAt } = credentials;
  const own =
    kind === 'none'
      ? 'answers nobody without credentials, and the context has none'
      : `does not accept the ${kind === 'plugin' ? 'credentials of the plugin' : kind} of the context`;
  const ended =
    expiresAt !== undefined && expiresAt < Date.now()
      ? `: it ended on ${new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
      : '';
  return [
    'cluster.unauthorized',
    `${own}${ended}`,
    'Log in again, or get a new kubeconfig (for Kind: `kind export kubeconfig`).',
  ];
}

/** Who asks is not accepted, whatever is asked for: no role of the other's would help, and no part can be read. */
function notActingAs({ access }: Refusal): Meaning {
  const other = oneLine(String(access.headers['Impersonate-User']), 60);
  return [
    'cluster.unauthorized',
    `does not let you act as "${other}"`,
    remedy`Ask for a role with the verb "impersonate" on users and groups, or leave out ${{ do: 'choose-user' }}.`,
  ];
}

function otherwise({ status: code, credentials }: Refusal, status: Status | undefined, path: string): Meaning {
  const words = said(status, credentials);
  if (code >= 500) {
    return [
      'cluster.server-error',
      `fails with ${code} for ${path}${words}`,
      'Look at the logs of the API server and of etcd, and try again.',
    ];
  }
  if (code < 400) {
    return [
      'cluster.bad-answer',
      'sends elsewhere (a login page?) instead of answering',
      'Check the server of the kubeconfig, and log in where it leads.',
    ];
  }
  return [
    'cluster.bad-answer',
    `does not understand the request for ${path} (${code})${words}`,
    'Report it together with the version of the cluster.',
  ];
}

function meaning(refusal: Refusal, status: Status | undefined): Meaning {
  const path = oneLine(refusal.path.replace(/\?.*/s, ''), 120);
  switch (refusal.status) {
    case 400:
      if (status !== undefined) break;
      return /HTTP request to an HTTPS server/i.test(refusal.body)
        ? [
            'cluster.bad-answer',
            'speaks TLS, but the kubeconfig says http',
            'Write https:// before the server in the kubeconfig.',
          ]
        : [
            'cluster.bad-answer',
            'does not understand the request, and does not say so as a Kubernetes API does',
            'Check the address and port of the server in the kubeconfig.',
          ];
    case 401:
      return unauthorized(refusal);
    case 403:
      if (
        status !== undefined &&
        refusal.access.headers['Impersonate-User'] !== undefined &&
        /cannot impersonate/i.test(status.message)
      ) {
        return notActingAs(refusal);
      }
      return status === undefined
        ? [
            'cluster.forbidden',
            `is kept from you by something in between that answers 403 for ${path}`,
            'Check proxies and gateways between here and there.',
          ]
        : [
            'cluster.forbidden',
            `does not let you read ${path}`,
            'Ask for the role of deploy/rbac/jamie-read-only.yaml.',
          ];
    case 404:
      return status === undefined
        ? [
            'cluster.bad-answer',
            `has no ${path}, and does not say so as a Kubernetes API does`,
            'Check the server of the kubeconfig, its path too.',
          ]
        : ['cluster.not-found', `has no ${path}`, 'It was deleted meanwhile, or this cluster does not serve it.'];
    case 407:
      return [
        'cluster.unauthorized',
        'cannot be asked: the proxy wants its own credentials',
        'Put them into proxy-url of the kubeconfig or into HTTPS_PROXY.',
      ];
    case 410:
      return ['cluster.expired-version', `no longer has the state of ${path} that was asked for`, 'Read it anew.'];
    case 429:
      return [
        'cluster.too-many-requests',
        'has too many requests to answer at once',
        'Wait a moment and try again; look at who asks so much (API Priority and Fairness).',
      ];
    case 504:
      return [
        'cluster.no-answer',
        `did not get ready with ${path} in time${said(status, refusal.credentials)}`,
        'Look at the load of the API server and of etcd, and try again.',
      ];
  }
  return otherwise(refusal, status, path);
}

/** An answer that is no success, in one sentence: never the raw body, never what was sent. */
export function statusFailure(refusal: Refusal): AutoDevOpsError {
  const status = statusOf(refusal.body);
  const [code, what, instead] = meaning(refusal, status);
  const retryAfterMs =
    refusal.retryAfterMs ??
    (status?.details.retryAfterSeconds === undefined ? undefined : status.details.retryAfterSeconds * 1000);
  const cause: HttpCause = { status: refusal.status, retryAfterMs };
  const subject = serverText(refusal.access);
  return new AutoDevOpsError(
    code,
    `${subject.slice(0, 1).toUpperCase()}${subject.slice(1)} ${what.replace(/\.$/, '')}.`,
    instead,
    { cause },
  );
}

function causeOf(error: unknown): Partial<HttpCause> {
  return error instanceof AutoDevOpsError ? ((error.cause ?? {}) as Partial<HttpCause>) : {};
}

/** The HTTP status behind an error of the client, where there was one. */
export function httpStatusOf(error: unknown): number | undefined {
  return causeOf(error).status;
}

/** How long the API server asked to wait, in milliseconds. */
export function retryAfterOf(error: unknown): number | undefined {
  return causeOf(error).retryAfterMs;
}
