import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';

/** Which wait ran out. */
export type DeadlineName = 'connect' | 'header' | 'idle' | 'total';

/** Thrown inside the client when a wait runs out. */
export class Late extends Error {
  readonly deadline: DeadlineName;
  readonly milliseconds: number;

  constructor(deadline: DeadlineName, milliseconds: number) {
    super(`${deadline} deadline`);
    this.deadline = deadline;
    this.milliseconds = milliseconds;
  }
}

/** For people: `the API server of context "kind-a" (https://127.0.0.1:6443)`. Holds no credentials. */
export function serverText(access: Pick<ClusterAccess, 'name' | 'server'>): string {
  return `the API server of context "${oneLine(access.name, 80)}" (${oneLine(access.server.origin, 120)})`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

interface Sentence {
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const unreachable = 'Check the network, the VPN and the proxy between here and there, and that the cluster runs.';
const unknownAuthority: Sentence = {
  code: 'cluster.certificate-unknown-authority',
  what: 'shows a certificate that the authority of the kubeconfig has not signed',
  remedy:
    'The cluster was probably made anew, or something in between opens the connection: get a new kubeconfig (for Kind: `kind export kubeconfig`).',
};

const byCode: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: {
    code: 'cluster.refused',
    what: 'refuses the connection: nothing listens there',
    remedy: 'Start the cluster (for Kind: see `docker ps -a`), or check the address in the kubeconfig.',
  },
  ENOTFOUND: {
    code: 'cluster.name-not-resolved',
    what: 'has a name that cannot be resolved',
    remedy: 'Check the name in the kubeconfig, DNS and the VPN.',
  },
  EAI_AGAIN: {
    code: 'cluster.name-not-resolved',
    what: 'has a name that cannot be resolved just now',
    remedy: 'Check the network, DNS and the VPN.',
  },
  ECONNRESET: {
    code: 'cluster.unreachable',
    what: 'cut the connection',
    remedy: 'Try again; if it stays, look at the API server and at proxies in between.',
  },
  EPIPE: {
    code: 'cluster.unreachable',
    what: 'cut the connection',
    remedy: 'Try again; if it stays, look at the API server and at proxies in between.',
  },
  ETIMEDOUT: {
    code: 'cluster.unreachable',
    what: 'cannot be reached: nobody answers at that address',
    remedy: unreachable,
  },
  EHOSTUNREACH: {
    code: 'cluster.unreachable',
    what: 'cannot be reached: there is no way to that address',
    remedy: unreachable,
  },
  ENETUNREACH: {
    code: 'cluster.unreachable',
    what: 'cannot be reached: there is no way to that network',
    remedy: unreachable,
  },
  CERT_HAS_EXPIRED: {
    code: 'cluster.certificate-expired',
    what: 'shows a certificate that has expired',
    remedy: "Renew it (kubeadm: `kubeadm certs renew all`), and check this machine's clock.",
  },
  CERT_NOT_YET_VALID: {
    code: 'cluster.certificate-expired',
    what: 'shows a certificate that is not valid yet',
    remedy: 'Check the clocks of this machine and of the API server.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: 'cluster.bad-answer',
    what: 'does not speak TLS',
    remedy: 'Check the port and the scheme (https) of the server in the kubeconfig.',
  },
  EPROTO: {
    code: 'cluster.bad-answer',
    what: 'breaks off the TLS handshake',
    remedy: 'Check the port of the server in the kubeconfig, and proxies in between.',
  },
  HPE_INVALID_CONSTANT: {
    code: 'cluster.bad-answer',
    what: 'does not speak HTTP',
    remedy: 'Check the address and port of the server in the kubeconfig.',
  },
  ERR_OSSL_PEM_NO_START_LINE: {
    code: 'kubeconfig.credentials',
    what: 'cannot be asked: a certificate or key of the kubeconfig is no PEM',
    remedy: 'Get a new kubeconfig.',
  },
};

function wrongName(error: { readonly cert?: { readonly subjectaltname?: string } }, access: ClusterAccess): Sentence {
  const names = oneLine(error.cert?.subjectaltname ?? 'no name at all', 160);
  return {
    code: 'cluster.certificate-wrong-name',
    what: `shows a certificate for other names (${names}) than ${oneLine(access.serverName ?? access.server.hostname, 80)}`,
    remedy: 'Use one of these names as the server, or set tls-server-name in the kubeconfig.',
  };
}

const deadlines: Readonly<Record<DeadlineName, Pick<Sentence, 'code' | 'what'>>> = {
  connect: { code: 'cluster.unreachable', what: 'cannot be reached: no connection came about' },
  header: { code: 'cluster.no-answer', what: 'takes requests but does not answer' },
  idle: { code: 'cluster.no-answer', what: 'stopped in the middle of an answer' },
  total: { code: 'cluster.no-answer', what: 'did not end its answer' },
};

function codeOf(error: unknown): string {
  const { code, errors, message } = error as { code?: unknown; errors?: readonly unknown[]; message?: unknown };
  // What OpenSSL says stands in the message only when the failure came while writing.
  if (code === 'EPROTO' && String(message).includes('wrong version number')) return 'ERR_SSL_WRONG_VERSION_NUMBER';
  if (typeof code === 'string' && code !== '') return code;
  const inner = errors?.map(codeOf) ?? [];
  return inner.find((one) => one in byCode) ?? inner[0] ?? '';
}

function sentenceFor(error: unknown, access: ClusterAccess): Sentence {
  if (error instanceof Late) {
    const { code, what } = deadlines[error.deadline];
    return {
      code,
      what: `${what} within ${error.milliseconds / 1000} s`,
      remedy:
        error.deadline === 'connect'
          ? unreachable
          : 'Look at the load and the logs of the API server and of etcd, and try again.',
    };
  }
  const code = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return wrongName(error as { cert?: { subjectaltname?: string } }, access);
  }
  if (code.startsWith('ERR_SSL_') && code.includes('ALERT')) {
    return {
      code: 'cluster.unauthorized',
      what: 'does not accept the client certificate',
      remedy: 'Get a new kubeconfig: the certificate may have ended or belong to another cluster.',
    };
  }
  const known = byCode[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_') || code.startsWith('Z_')) {
    return {
      code: 'cluster.bad-answer',
      what: 'sent an answer that is damaged',
      remedy: 'Try again; if it stays, look at proxies in between.',
    };
  }
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_CRYPTO')) {
    return {
      code: 'kubeconfig.credentials',
      what: 'cannot be asked: the certificate or key of the kubeconfig cannot be used',
      remedy: 'Get a new kubeconfig.',
    };
  }
  return {
    code: 'cluster.unreachable',
    what: `cannot be reached${/^[A-Z_]+$/.test(code) ? ` (${code})` : ''}`,
    remedy: unreachable,
  };
}

/** A failed connection in one sentence. What is already an `AutoDevOpsError` stays. */
export function connectionFailure(error: unknown, access: ClusterAccess): AutoDevOpsError {
  if (error instanceof AutoDevOpsError) return error;
  const { code, what, remedy } = sentenceFor(error, access);
  const by = access.proxy === undefined ? '' : `, asked through the proxy ${oneLine(access.proxy.host, 80)},`;
  return new AutoDevOpsError(code, `${capital(serverText(access))}${by} ${what}.`, remedy);
}

/**
 * A request to change something was sent and its answer did not come: it may have been done. The cause is what broke, as
 * a reader would be told.
 */
export function unanswered(error: unknown, access: ClusterAccess): AutoDevOpsError {
  const cause = connectionFailure(error, access);
  // With TLS 1.3 the server refuses a client certificate after the client may have written; it reads nothing then.
  if (cause.code === 'cluster.unauthorized') return cause;
  const why =
    cause.code === 'interrupted'
      ? 'it was interrupted'
      : `${cause.message.slice(0, 1).toLowerCase()}${cause.message.slice(1).replace(/\.$/, '')}`;
  const what = `A request to change something was sent and no answer came (${why}): it may or may not have been done.`;
  return new AutoDevOpsError('cluster.outcome-unknown', what, 'Look at the object before anything is tried again.', {
    cause,
  });
}

/** For an answer that no Kubernetes API gives. */
export function badAnswer(access: ClusterAccess, what = 'answers, but not as a Kubernetes API'): AutoDevOpsError {
  return new AutoDevOpsError(
    'cluster.bad-answer',
    `${capital(serverText(access))} ${what}.`,
    'Check the server of the kubeconfig, and whether a proxy or a login page stands in between.',
  );
}

/** For what is not held because this process has no room for it. `most`: in bytes. */
export function moreThanCanBeHeld(access: ClusterAccess, most: number, what: string): AutoDevOpsError {
  const room = Math.round(most / 1024 ** 2).toLocaleString('en');
  return new AutoDevOpsError(
    'cluster.too-large',
    `${capital(serverText(access))} sends more than can be held here (${room} MiB): ${what}.`,
    'Ask about one namespace, or give autodevops more memory (NODE_OPTIONS=--max-old-space-size=8192).',
  );
}
