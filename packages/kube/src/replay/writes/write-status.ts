import type { Resource } from '../resources/resource.ts';
import { failure, StatusError } from '../serving/status.ts';

type What = Pick<Resource, 'group' | 'plural' | 'kind'> & { readonly name: string };

export interface FieldCause {
  readonly reason: 'FieldValueInvalid' | 'FieldValueRequired' | 'FieldValueForbidden' | 'FieldValueNotSupported';
  readonly field: string;
  readonly message: string;
}

function qualified(name: string, group: string): string {
  return group === '' ? name : `${name}.${group}`;
}

function details({ group, name }: What, kind: string): Readonly<Record<string, string>> {
  return { name, ...(group === '' ? {} : { group }), kind };
}

export function alreadyExists(what: What): StatusError {
  const message = `${qualified(what.plural, what.group)} "${what.name}" already exists`;
  return new StatusError(failure({ code: 409, message, reason: 'AlreadyExists', details: details(what, what.plural) }));
}

export function conflict(what: What, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(what.plural, what.group)} "${what.name}": ${why}`;
  return new StatusError(failure({ code: 409, message, reason: 'Conflict', details: details(what, what.plural) }));
}

/** A precondition of a delete; this one names the kind, not the resource. */
export function preconditionFailed(what: What, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(what.kind, what.group)} "${what.name}": ${why}`;
  return new StatusError(failure({ code: 409, message, reason: 'Conflict', details: details(what, what.kind) }));
}

/** Fields that the object may not have so. */
export function invalid(what: What, causes: readonly FieldCause[]): StatusError {
  const listed = causes.map(({ field, message }) => `${field}: ${message}`);
  const said = listed.length === 1 ? listed[0] : `[${listed.join(', ')}]`;
  const message = `${qualified(what.kind, what.group)} "${what.name}" is invalid: ${said}`;
  return new StatusError(
    failure({ code: 422, message, reason: 'Invalid', details: { ...details(what, what.kind), causes } }),
  );
}

/** A patch that cannot be applied: a test does not hold, or a path is missing. Which one, the API server does not say. */
export function patchRejected(): StatusError {
  const message = 'the server rejected our request due to an error in our request';
  return new StatusError(failure({ code: 422, message, reason: 'Invalid', details: {} }));
}

export function notAllowed(what: What, why: string, causes: readonly object[] = []): StatusError {
  const message = `${qualified(what.plural, what.group)} "${what.name}" is forbidden: ${why}`;
  return new StatusError(
    failure({
      code: 403,
      message,
      reason: 'Forbidden',
      details: { ...details(what, what.plural), ...(causes.length === 0 ? {} : { causes }) },
    }),
  );
}

/** A media type that no patch has. */
export function unknownPatch(): StatusError {
  return new StatusError(
    failure({ code: 415, message: '415: Unsupported Media Type', reason: 'UnsupportedMediaType', details: {} }),
  );
}

/** A patched object that the server cannot read; it repeats the whole. */
export function unreadablePatch(object: unknown, why: string): StatusError {
  const cause = {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(JSON.stringify(object))}: ${why}`,
    field: 'patch',
  };
  return new StatusError(
    failure({
      code: 422,
      message: ` "" is invalid: patch: ${cause.message}`,
      reason: 'Invalid',
      details: { causes: [cause] },
    }),
  );
}

export function unsupportedPatch(types: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`;
  return new StatusError(failure({ code: 415, message, reason: 'UnsupportedMediaType', details: {} }));
}

export function budgetRefuses(cause: string, retryAfterSeconds: number): StatusError {
  const causes = [{ reason: 'DisruptionBudget', message: cause }];
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new StatusError(
    failure({
      code: 429,
      message,
      reason: 'TooManyRequests',
      details: { ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }), causes },
    }),
  );
}

/** What the server has no better code for. */
export function plainError(why: string): StatusError {
  return new StatusError(failure({ code: 500, message: why }));
}

/** The success of what leaves no object behind. */
export function success(details: Readonly<Record<string, unknown>> | undefined, code: number): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details === undefined ? { code } : { details }),
  };
}
