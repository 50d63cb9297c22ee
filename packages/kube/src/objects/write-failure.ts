import type { ClusterOperation } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { list, name, object } from '@autodevops/domain/kubernetes/shape';
import type { Shaped } from '@autodevops/domain/kubernetes/shape';
import { refText } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { secretMask, redact } from '@autodevops/domain/redact';
import { statusFailure } from '../http/status-failure.ts';
import type { Refusal } from '../http/status-failure.ts';
import { subjectOf } from './write-request.ts';

const statusShape = object({
  kind: name,
  reason: name,
  message: name,
  details: object({ kind: name, name, causes: list(object({ reason: name, message: name, field: name })) }),
});
type Status = Shaped<typeof statusShape>;

/** What was being done when the answer came. */
export interface Attempt {
  readonly operation: ClusterOperation;
  readonly dryRun: boolean;
  readonly credentials: Refusal['credentials'];
}

type Meaning = readonly [code: ErrorCode, what: string, remedy: string];

function statusOf(body: string): Status | undefined {
  try {
    const status = statusShape.read(JSON.parse(body));
    return status.kind === 'Status' ? status : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong without what it is: a refused patch quotes the whole object, a refused pod its difference in Go. */
function withoutValues(message: string): string {
  return message.replace(/^Invalid value: "(?:[^"\\]|\\.){40,}": /s, '').replace(/\n@@[\s\S]*$/, '');
}

/**
 * The server's words on one line, without credentials and long values. Of a Secret only which fields are meant.
 */
function words(status: Status, { operation, credentials }: Attempt): string {
  const { causes } = status.details;
  if (subjectOf(operation).kind === 'Secret') {
    return oneLine(
      causes
        .map(({ field }) => field)
        .filter((field) => field !== '')
        .join(', ') || status.reason,
      200,
    );
  }
  const causesSay = [
    ...new Set(
      causes.map(
        ({ field, message }) => `${field === '' || field === 'patch' ? '' : `${field}: `}${withoutValues(message)}`,
      ),
    ),
  ].join('; ');
  const said = status.reason === 'Invalid' && causesSay !== '' ? causesSay : status.message;
  const secret = credentials.authorization?.split(' ')[1];
  return oneLine(redact(secret === undefined ? said : said.replaceAll(secret, secretMask)), 400);
}

/** Who owns the fields that an apply would take: the quoted names in "conflict with "kubectl" using apps/v1". */
function ownersIn(status: Status): string {
  const names = status.details.causes.flatMap(({ reason, message }) =>
    reason === 'FieldManagerConflict' ? [/"((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? ''] : [],
  );
  const fields = status.details.causes.flatMap(({ reason, field }) =>
    reason === 'FieldManagerConflict' ? [field] : [],
  );
  const owners = [...new Set(names)].filter((owner) => owner !== '').join(', ');
  return owners === '' ? '' : oneLine(`${owners} ${owners.includes(', ') ? 'own' : 'owns'} ${fields.join(', ')}`, 300);
}

const again = 'Look at it again and plan anew.';

function conflict(status: Status, attempt: Attempt, subject: string): Meaning {
  if (status.reason === 'AlreadyExists') {
    return [
      'cluster.already-exists',
      `${subject} exists already.`,
      'Choose another name, or change the one that is there.',
    ];
  }
  const owners = ownersIn(status);
  if (owners !== '') {
    return [
      'cluster.conflict',
      `${subject} was not applied: ${owners}.`,
      'Change it where its owner keeps it, or take the fields over by force.',
    ];
  }
  return ['cluster.conflict', `${subject} is not as it was seen: ${words(status, attempt)}`, again];
}

/**
 * A 422 about no field is what the API server answers when a patch cannot be applied, which for ours means that a test
 * did not hold (apiserver/pkg/endpoints/handlers/patch.go: NewGenericServerResponse without the library's message).
 */
function invalid(status: Status, attempt: Attempt, subject: string): Meaning {
  const { verb } = attempt.operation;
  if (verb === 'patch' && status.details.kind === '' && status.details.causes.length === 0) {
    return ['cluster.conflict', `${subject} is not as it was seen: a test of the patch did not hold.`, again];
  }
  return [
    'cluster.invalid',
    `${subject} would not be valid: ${words(status, attempt)}`,
    'Correct what the API server names.',
  ];
}

/** Not every 403 is about rights: a namespace that ends takes nothing new, and a quota is a matter of numbers. */
function forbidden(status: Status, attempt: Attempt, subject: string): Meaning {
  const what = `${subject} may not be changed so: ${words(status, attempt)}`;
  if (status.details.causes.some(({ reason }) => reason === 'NamespaceTerminating')) {
    return ['cluster.forbidden', what, 'Wait until the namespace is gone, and make it anew.'];
  }
  if (/ is forbidden: exceeded quota: /.test(status.message)) {
    return ['cluster.forbidden', what, 'Free some of the quota first, or have it raised.'];
  }
  return ['cluster.forbidden', what, 'Ask for the permission (deploy/rbac), or change what the admission asks for.'];
}

function tooMany(status: Status, attempt: Attempt, subject: string): Meaning | undefined {
  const budget = status.details.causes.find(({ reason }) => reason === 'DisruptionBudget');
  if (attempt.operation.verb !== 'evict' || budget === undefined) return undefined;
  return [
    'cluster.disruption-budget',
    `${subject} may not be evicted now: ${oneLine(budget.message || status.message, 300)}`,
    'Wait until more of its pods are ready, or ask whoever keeps the budget.',
  ];
}

/**
 * Answers with 5xx although nothing can have been done: they come before anything is kept (as kube-apiserver 1.36 says
 * them). An apply with a field that its kind has not is one of them.
 */
const before: readonly (readonly [words: RegExp, code: ErrorCode, remedy: string])[] = [
  [/failed calling webhook/, 'cluster.server-error', 'Repair the admission webhook, and try again.'],
  [/^failed to create typed patch object/, 'cluster.invalid', 'Correct what the API server names.'],
  [/^resourceVersion should not be set on objects to be created/, 'cluster.invalid', 'Take the resourceVersion out.'],
  [
    /^This pod has more than one PodDisruptionBudget/,
    'cluster.disruption-budget',
    'Let one budget select the pod, not several.',
  ],
];

function serverError(status: Status | undefined, attempt: Attempt, subject: string): Meaning | undefined {
  const certain = before.find(([said]) => status !== undefined && said.test(status.message));
  if (status !== undefined && certain !== undefined) {
    return [certain[1], `${subject} was not changed: ${words(status, attempt)}`, certain[2]];
  }
  if (attempt.dryRun) return undefined;
  const said = status === undefined ? '' : `: ${words(status, attempt)}`;
  return [
    'cluster.outcome-unknown',
    `The API server failed while it worked on ${subject}${said}. It may or may not have been done.`,
    'Look at the object before anything is tried again.',
  ];
}

function meaning({ status: code }: Refusal, status: Status | undefined, attempt: Attempt): Meaning | undefined {
  const subject = refText(subjectOf(attempt.operation));
  if (code >= 500) return serverError(status, attempt, subject);
  // Without a Status it is not the API server that speaks.
  if (status === undefined) return undefined;
  switch (code) {
    case 400:
    case 405:
    case 413:
    case 415:
      return [
        'cluster.invalid',
        `The API server does not take this for ${subject}: ${words(status, attempt)}`,
        'Correct what the API server names.',
      ];
    case 403:
      return forbidden(status, attempt, subject);
    case 404:
      return ['cluster.not-found', `${subject} cannot be changed: ${words(status, attempt)}`, again];
    case 409:
      return conflict(status, attempt, subject);
    case 422:
      return invalid(status, attempt, subject);
    case 429:
      return tooMany(status, attempt, subject);
    default:
      return undefined;
  }
}

/** An answer to a write that is no success, in one sentence; what is not about the write is said as to readers. */
export function writeFailure(refusal: Refusal, attempt: Omit<Attempt, 'credentials'>): AutoDevOpsError {
  const found = meaning(refusal, statusOf(refusal.body), { ...attempt, credentials: refusal.credentials });
  if (found === undefined) return statusFailure(refusal);
  const [code, what, remedy] = found;
  return new AutoDevOpsError(code, `${what.replace(/\.$/, '')}.`, remedy, {
    cause: { status: refusal.status, retryAfterMs: refusal.retryAfterMs },
  });
}
