export interface PagerDutyAccess {
  /** `https://api.pagerduty.com`, or that of the European service. */
  readonly api: string;
  /** Read when it is needed, kept nowhere. */
  readonly token: () => Promise<string>;
}

export interface PagerDutyCall {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const deadline = 10_000;
const largest = 2_000_000;

/** PagerDuty answered, and with this status. */
export class PagerDutyStatus extends RangeError {
  readonly status: number;

  constructor(status: number) {
    super(`it answers ${status}`);
    this.status = status;
  }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > largest) throw new RangeError('its answer is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/**
 * One request of PagerDuty's REST API, version 2, without redirects: https://developer.pagerduty.com/docs/rest-api-overview.
 * Throws `PagerDutyStatus` for an answer that is none, `RangeError` for one that is too large, and what `fetch` throws.
 */
export async function callPagerDuty(
  { api, token }: PagerDutyAccess,
  { method, path, query = [], headers = {}, body }: PagerDutyCall,
  signal: AbortSignal,
): Promise<unknown> {
  const url = new URL(path, api);
  url.search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const response = await fetch(url, {
    method,
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
    headers: {
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: `Token token=${await token()}`,
      'user-agent': 'autodevops',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new PagerDutyStatus(response.status);
  }
  return JSON.parse(await textOf(response));
}
