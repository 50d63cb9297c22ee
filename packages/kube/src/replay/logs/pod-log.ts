import type { Answer } from '../serving/answer.ts';
import { cutLog } from './log-text.ts';
import { containerNames, timeOfRun, waitingReason } from './pod-containers.ts';
import { flagOf, wholeNumberOf } from '../serving/query.ts';
import type { RawObject, RecordedLog } from '../recording.ts';
import { badRequest, failure, invalidOption, StatusError } from '../serving/status.ts';

/** Reads an option that must not be less than `least`. Throws the Status 400 or 422 of the API server. */
function bounded(query: URLSearchParams, pod: string, option: { field: string; least: 0 | 1 }): number | undefined {
  const value = wholeNumberOf(query, option.field);
  if (value === undefined || value >= option.least) return value;
  const wanted = option.least === 0 ? 'must be greater than or equal to 0' : 'must be greater than 0';
  throw invalidOption({ name: pod, kind: 'PodLogOptions' }, option.field, {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${value}: ${wanted}`,
  });
}

function chooseContainer(pod: RawObject, asked: string): string {
  const { name } = pod.metadata;
  const { regular, init, ephemeral } = containerNames(pod);
  if (asked !== '') {
    if ([...regular, ...init, ...ephemeral].includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [only] = regular;
  if (only === undefined) throw badRequest(`a container name must be specified for pod ${name}`);
  if (regular.length === 1) return only;
  const others = init.length === 0 ? '' : ` or one of the init containers: [${init.join(' ')}]`;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${regular.join(' ')}]${others}`,
  );
}

function notRecorded(pod: RawObject, container: string, previous: boolean): StatusError {
  const { name } = pod.metadata;
  if (previous) return badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const waiting = waitingReason(pod, container);
  if (waiting !== undefined) {
    return badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waiting}`);
  }
  // What the API server says when the kubelet has no such log: an empty log would claim that nothing was printed.
  const message = `the server could not find the requested resource ( pods/log ${name})`;
  return new StatusError(failure({ code: 404, message, reason: 'NotFound', details: { name, kind: 'pods/log' } }));
}

export interface LogReading {
  readonly logs: readonly RecordedLog[];
  readonly query: URLSearchParams;
  /** Milliseconds since the epoch, for `sinceSeconds`. */
  readonly now: number;
}

/** Checks the options of a request for a log, before the pod is looked for. Throws a Status 400 or 422. */
export function readLogOptions(
  { query, now }: LogReading,
  pod: string,
): { since: number | undefined; tailLines: number | undefined; limitBytes: number | undefined } {
  const tailLines = bounded(query, pod, { field: 'tailLines', least: 0 });
  const limitBytes = bounded(query, pod, { field: 'limitBytes', least: 1 });
  const seconds = bounded(query, pod, { field: 'sinceSeconds', least: 1 });
  const time = Date.parse(query.get('sinceTime') ?? '');
  const since = seconds === undefined ? time : now - seconds * 1000;
  return { since: Number.isNaN(since) ? undefined : since, tailLines, limitBytes };
}

/** The answer to `/pods/NAME/log`. Throws a Status as the API server does. */
export function podLog(pod: RawObject, reading: LogReading): Answer {
  const { query, logs } = reading;
  const { name, namespace = '' } = pod.metadata;
  const options = readLogOptions(reading, name);
  const container = chooseContainer(pod, query.get('container') ?? '');
  const previous = flagOf(query, 'previous');
  const log = logs.find(
    (item) =>
      item.namespace === namespace && item.pod === name && item.container === container && item.previous === previous,
  );
  if (log === undefined) throw notRecorded(pod, container, previous);
  const cut = { ...options, timestamps: flagOf(query, 'timestamps') };
  return { code: 200, contentType: 'text/plain', body: cutLog(log.text, cut, timeOfRun(pod, container, previous)) };
}
