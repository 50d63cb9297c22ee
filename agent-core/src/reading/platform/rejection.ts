/** Which gate of the API server refused, read from its text. */
export type Rejection =
  | {
      readonly gate: 'quota';
      readonly quota: string;
      readonly requested: Amounts;
      readonly used: Amounts;
      readonly limited: Amounts;
    }
  | { readonly gate: 'quota-unspecified'; readonly quota: string; readonly resources: readonly string[] }
  | { readonly gate: 'quota-scope'; readonly scopes: string }
  | {
      readonly gate: 'limit-range';
      readonly bound: 'minimum' | 'maximum' | 'ratio';
      readonly resource: string;
      readonly per: string;
      readonly text: string;
    }
  | { readonly gate: 'pod-security'; readonly level: string; readonly violations: string }
  | { readonly gate: 'scc'; readonly violations: readonly string[] }
  | { readonly gate: 'webhook-denied'; readonly webhook: string; readonly text: string }
  | { readonly gate: 'webhook-failed'; readonly webhook: string; readonly text: string }
  | { readonly gate: 'policy'; readonly policy: string; readonly binding: string; readonly text: string }
  | { readonly gate: 'priority-class'; readonly name: string }
  | { readonly gate: 'runtime-class'; readonly name: string }
  | { readonly gate: 'service-account'; readonly text: string }
  | { readonly gate: 'invalid'; readonly text: string }
  | { readonly gate: 'other'; readonly text: string };

/** `requests.cpu` → `2`, as written. */
export type Amounts = ReadonlyMap<string, string>;

const longest = 8192;

/** What stands after a mark; undefined when the mark is not there. */
function after(text: string, mark: string): string | undefined {
  const at = text.indexOf(mark);
  return at < 0 ? undefined : text.slice(at + mark.length);
}

function until(text: string, end: string): string {
  const at = text.indexOf(end);
  return at < 0 ? text : text.slice(0, at);
}

function amounts(text: string | undefined): Amounts {
  const pairs = (text ?? '')
    .trim()
    .split(',')
    .map((pair) => pair.trim().split('='));
  return new Map(
    pairs.flatMap(([key, value]) =>
      key === undefined || value === undefined || key === '' ? [] : [[key, value] as const],
    ),
  );
}

function quota(text: string): Rejection | undefined {
  const exceeded = after(text, 'exceeded quota: ');
  if (exceeded !== undefined) {
    return {
      gate: 'quota',
      quota: until(exceeded, ','),
      requested: amounts(until(after(exceeded, 'requested: ') ?? '', ', used: ')),
      used: amounts(until(after(exceeded, 'used: ') ?? '', ', limited: ')),
      limited: amounts(after(exceeded, 'limited: ')),
    };
  }
  const scopes = after(text, 'insufficient quota to match these scopes: ');
  if (scopes !== undefined) return { gate: 'quota-scope', scopes: scopes.trim() };
  const failed = after(text, 'failed quota: ');
  if (failed === undefined) return undefined;
  const demands = (after(failed, 'must specify ') ?? '').split(';').flatMap((part) => until(part, ' for: ').split(','));
  return {
    gate: 'quota-unspecified',
    quota: until(failed, ':'),
    resources: demands.map((d) => d.trim()).filter((d) => d !== ''),
  };
}

function limitRange(text: string): Rejection | undefined {
  const bound = /\b(minimum|maximum) (\S{1,253}) usage per (\w{1,63}) is /.exec(text);
  if (bound !== null) {
    return {
      gate: 'limit-range',
      bound: bound[1] === 'minimum' ? 'minimum' : 'maximum',
      resource: bound[2] ?? '',
      per: bound[3] ?? '',
      text: text.slice(bound.index),
    };
  }
  const ratio = /(\S{1,253}) max limit to request ratio per (\w{1,63}) is /.exec(text);
  return ratio === null
    ? undefined
    : {
        gate: 'limit-range',
        bound: 'ratio',
        resource: ratio[1] ?? '',
        per: ratio[2] ?? '',
        text: text.slice(ratio.index),
      };
}

function webhook(text: string): Rejection | undefined {
  const failed = after(text, 'failed calling webhook "');
  if (failed !== undefined) {
    return { gate: 'webhook-failed', webhook: until(failed, '"'), text: (after(failed, '":') ?? '').trim() };
  }
  const denied = after(text, 'admission webhook "');
  return denied === undefined
    ? undefined
    : {
        gate: 'webhook-denied',
        webhook: until(denied, '"'),
        text: (after(denied, 'denied the request') ?? '').replace(/^:/, '').trim(),
      };
}

function policy(text: string): Rejection | undefined {
  const named = after(text, "ValidatingAdmissionPolicy '") ?? after(text, "MutatingAdmissionPolicy '");
  if (named === undefined) return undefined;
  const binding = after(named, "with binding '");
  return {
    gate: 'policy',
    policy: until(named, "'"),
    binding: binding === undefined ? '' : until(binding, "'"),
    text: (after(named, 'denied request: ') ?? '').trim(),
  };
}

function security(text: string): Rejection | undefined {
  const level = after(text, 'violates PodSecurity "');
  return level === undefined
    ? undefined
    : { gate: 'pod-security', level: until(level, '"'), violations: (after(level, '": ') ?? '').trim() };
}

const constraintMark = 'unable to validate against any security context constraint: ';

/** OpenShift's: what each constraint that the account may use objects to; those that it may not use are no matter. */
function constraints(text: string): Rejection | undefined {
  const list = after(text, constraintMark);
  if (list === undefined) return undefined;
  const entries = list
    .replace(/^\[/, '')
    .replace(/\]$/, '')
    .split(/, (?=provider |spec\.|\.)/);
  const own = entries.filter((entry) => !entry.includes('not usable by user or serviceaccount'));
  return {
    gate: 'scc',
    violations: own
      .map((entry) => entry.replace(/^provider "?([\w-]{1,63})"?: /, '$1: ').trim())
      .filter((entry) => entry !== ''),
  };
}

function others(text: string): Rejection {
  const priority = after(text, 'no PriorityClass with name ');
  if (priority !== undefined) return { gate: 'priority-class', name: until(priority, ' was found') };
  const runtime = after(text, 'RuntimeClass "');
  if (runtime !== undefined && text.includes('" not found')) {
    return { gate: 'runtime-class', name: until(runtime, '"') };
  }
  const account = after(text, 'error looking up service account ');
  if (account !== undefined) return { gate: 'service-account', text: account };
  const invalid = after(text, ' is invalid: ');
  return invalid === undefined ? { gate: 'other', text } : { gate: 'invalid', text: invalid };
}

/** Reads the text of a FailedCreate event or a ReplicaFailure condition. */
export function rejectionOf(message: string): Rejection {
  const text = message.slice(0, longest);
  // A webhook's or a policy's own words may hold anything, so their names are looked for first.
  return (
    webhook(text) ??
    policy(text) ??
    quota(text) ??
    security(text) ??
    constraints(text) ??
    limitRange(text) ??
    others(text)
  );
}
