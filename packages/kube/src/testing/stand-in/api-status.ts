/** A failure as the API server words it: thrown inside the stand-in, sent as a `Status` object. */
export class ApiStatus extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  body(): Record<string, unknown> {
    const { code, reason, message } = this;
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  }
}

export function notFound(message = 'the server could not find the requested resource'): ApiStatus {
  return new ApiStatus(404, 'NotFound', message);
}

export function expired(message = 'The provided continue parameter is too old to display a consistent list result.'): ApiStatus {
  return new ApiStatus(410, 'Expired', message);
}

export function badRequest(message: string): ApiStatus {
  return new ApiStatus(400, 'BadRequest', message);
}
