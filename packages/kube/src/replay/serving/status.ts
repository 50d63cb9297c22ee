/** An answer that is an error: the `Status` object that the API server writes. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly code: number;
}

/** Thrown by a handler and answered as its Status; `retryAfterSeconds` becomes a Retry-After header. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.name = 'StatusError';
    this.status = status;
  }
}

interface Failure {
  readonly code: number;
  readonly message: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The fields in the order in which the API server writes them. */
export function failure(failed: Failure): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: failed.metadata ?? {},
    status: 'Failure',
    message: failed.message,
    ...(failed.reason === undefined ? {} : { reason: failed.reason }),
    ...(failed.details === undefined ? {} : { details: failed.details }),
    code: failed.code,
  };
}

export function badRequest(message: string): StatusError {
  return new StatusError(failure({ code: 400, message, reason: 'BadRequest' }));
}

/** A body in a format that is not read; the API server itself takes YAML and protobuf too. */
export function unsupportedMediaType(): StatusError {
  const message = 'the body of the request was in an unknown format - accepted media types include: application/json';
  return new StatusError(failure({ code: 415, message, reason: 'UnsupportedMediaType' }));
}

interface Named {
  readonly group: string;
  readonly plural: string;
  readonly name?: string;
}

function detailsOf({ group, plural, name }: Named): Readonly<Record<string, string>> {
  return { ...(name === undefined ? {} : { name }), ...(group === '' ? {} : { group }), kind: plural };
}

function titleOf({ group, plural, name }: Named): string {
  const qualified = group === '' ? plural : `${plural}.${group}`;
  return name === undefined ? qualified : `${qualified} "${name}"`;
}

export function notFound(what: Named): StatusError {
  return new StatusError(
    failure({ code: 404, message: `${titleOf(what)} not found`, reason: 'NotFound', details: detailsOf(what) }),
  );
}

/** The path names no resource that is served. */
export function noSuchResource(): StatusError {
  return new StatusError(
    failure({
      code: 404,
      message: 'the server could not find the requested resource',
      reason: 'NotFound',
      details: {},
    }),
  );
}

export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(failure({ code: 405, message, reason: 'MethodNotAllowed', details: {} }));
}

const mediaTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** A media type with a transformation (`as=`) that is not served. */
export function notAcceptable(): StatusError {
  return new StatusError(
    failure({
      code: 406,
      message: `only the following media types are accepted: ${mediaTypes.join(', ')}`,
      reason: 'NotAcceptable',
    }),
  );
}

/** A media type that is not served at all; the router of the API server says it in other words. */
export function noRepresentation(ofList: boolean): StatusError {
  const streams = ofList ? ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'] : [];
  const message = `406: Not Acceptable\n\nAvailable representations: ${[...mediaTypes, ...streams].join(', ')}`;
  return new StatusError(failure({ code: 406, message, reason: 'NotAcceptable', details: {} }));
}

interface Denied extends Named {
  readonly user: string;
  readonly verb: string;
  readonly subresource?: string;
  /** Absent: asked for the whole cluster. */
  readonly namespace?: string;
}

export function forbidden(denied: Denied): StatusError {
  const resource = denied.subresource === undefined ? denied.plural : `${denied.plural}/${denied.subresource}`;
  const scope = denied.namespace === undefined ? 'at the cluster scope' : `in the namespace "${denied.namespace}"`;
  const message = `${titleOf(denied)} is forbidden: User "${denied.user}" cannot ${denied.verb} resource "${resource}" in API group "${denied.group}" ${scope}`;
  return new StatusError(failure({ code: 403, message, reason: 'Forbidden', details: detailsOf(denied) }));
}

/** What a watch says in its stream when its start is no longer held. */
export function tooOldToWatch(asked: number, oldest: number): Status {
  return failure({ code: 410, message: `too old resource version: ${asked} (${oldest})`, reason: 'Expired' });
}

/** A page that is no longer held; `token` lists the rest as it is now. */
export function tooOldToContinue(token: string): StatusError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  return new StatusError(failure({ code: 410, message, reason: 'Expired', metadata: { continue: token } }));
}

export function tooLargeVersion(asked: number, current: number): StatusError {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(failure({ code: 504, message, reason: 'Timeout', details: { causes, retryAfterSeconds: 1 } }));
}

/** One field of the options that the API server will not take. */
export function invalidOption(
  kind: { name: string; kind: string; group?: string },
  field: string,
  cause: { reason: string; message: string },
): StatusError {
  const title = kind.group === undefined ? kind.kind : `${kind.kind}.${kind.group}`;
  const details = {
    ...(kind.name === '' ? {} : { name: kind.name }),
    ...(kind.group === undefined ? {} : { group: kind.group }),
    kind: kind.kind,
    causes: [{ ...cause, field }],
  };
  return new StatusError(
    failure({
      code: 422,
      message: `${title} "${kind.name}" is invalid: ${field}: ${cause.message}`,
      reason: 'Invalid',
      details,
    }),
  );
}
