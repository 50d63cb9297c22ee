import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';

const longestSaid = 200;

/** What a source said, as it may be shown: it is foreign text. */
export function foreignText(text: string, longest = longestSaid): string {
  return oneLine(redact(text), longest);
}

export function noAnswer(address: string, milliseconds: number): AutoDevOpsError {
  return new AutoDevOpsError(
    'signals.no-answer',
    `${address} gave no whole answer within ${Math.round(milliseconds / 100) / 10} s.`,
    'See whether it is overloaded; a longer `signals.withinSeconds` waits longer.',
  );
}

export function tooLarge(address: string, bytes: number): AutoDevOpsError {
  return new AutoDevOpsError(
    'signals.too-large',
    `${address} answers with more than ${Math.round(bytes / 1024)} KiB.`,
    'Ask for less: a shorter time, or fewer series.',
  );
}

export function badAnswer(address: string, what: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'signals.bad-answer',
    `${address} ${what}.`,
    'Check that the address is that of the source itself, and no login page or proxy stands before it.',
  );
}

/** Of TLS: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateTrouble = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_)|CERTIFICATE|^ERR_SSL_/;

/** Nobody was there to hear it. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ECONNABORTED|ENETDOWN|EHOSTDOWN)/;

export function connectionFailure(address: string, error: unknown): AutoDevOpsError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (certificateTrouble.test(code)) {
    return new AutoDevOpsError(
      'signals.unauthorized',
      `TLS with ${address} fails (${code}).`,
      'Name the file of its authority, and of the certificate that it wants of its callers.',
      { cause: error },
    );
  }
  // What broke after the request was on its way may have been done.
  if (!neverSent.test(code)) {
    return new AutoDevOpsError(
      'signals.no-answer',
      `${address} breaks off${code === '' ? '' : ` (${code})`}.`,
      'Try again; see whether it was started anew.',
      { cause: error },
    );
  }
  return new AutoDevOpsError(
    'signals.unreachable',
    `${address} cannot be reached${code === '' ? '' : ` (${code})`}.`,
    'Check the address, and that it runs.',
    { cause: error },
  );
}

/** What a status says that is no success; `said` is the source's own sentence. */
export function statusFailure(address: string, status: number, said: string): AutoDevOpsError {
  const told = said === '' ? '' : `: ${foreignText(said)}`;
  if (status === 401 || status === 403) {
    return new AutoDevOpsError(
      'signals.unauthorized',
      `${address} does not let this through (${status})${told}.`,
      'Correct the token, name or certificate in the configuration.',
    );
  }
  if (status >= 300 && status < 400) {
    return new AutoDevOpsError(
      'signals.refused',
      `${address} sends elsewhere (${status}), and that is not followed.`,
      'Name the address at which it answers.',
    );
  }
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    return new AutoDevOpsError(
      'signals.busy',
      `${address} has no time or is not there (${status})${told}.`,
      'Try again in a moment.',
    );
  }
  if (status >= 400 && status < 500) {
    return new AutoDevOpsError(
      'signals.refused',
      `${address} refuses the request (${status})${told}.`,
      'Check that it is the source that the configuration says.',
    );
  }
  return new AutoDevOpsError('signals.bad-answer', `${address} failed (${status})${told}.`, 'See its own log.');
}
