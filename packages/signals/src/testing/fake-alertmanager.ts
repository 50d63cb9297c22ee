import { randomUUID } from 'node:crypto';
import { strictServer } from './strict-server.ts';
import type { Answer, Asked, StrictServer } from './strict-server.ts';

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual?: boolean;
}

interface Kept {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface FakeAlertmanagerChoice {
  readonly alerts: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly startsAt: string;
    readonly endsAt: string;
  }[];
  readonly now: () => number;
}

const fields = ['matchers', 'startsAt', 'endsAt', 'createdBy', 'comment', 'id'];

function matches({ name, value, isRegex, isEqual = true }: Matcher, labels: Readonly<Record<string, string>>): boolean {
  const has = labels[name] ?? '';
  return (isRegex ? new RegExp(`^(?:${value})$`).test(has) : has === value) === isEqual;
}

function stateOf({ startsAt, endsAt }: Kept, now: number): 'active' | 'pending' | 'expired' {
  return Date.parse(endsAt) <= now ? 'expired' : Date.parse(startsAt) > now ? 'pending' : 'active';
}

/** What is wrong with a silence, in Alertmanager's words: https://github.com/prometheus/alertmanager/blob/v0.25.0/silence/silence.go */
function trouble(silence: Kept, now: number): string | undefined {
  if (Object.keys(silence).some((field) => !fields.includes(field))) return 'invalid field';
  if (!Array.isArray(silence.matchers) || silence.matchers.length === 0) {
    return 'invalid silence: at least one matcher required';
  }
  if (silence.matchers.every((matcher) => matches(matcher, {}))) {
    return 'invalid silence: at least one matcher must not match the empty string';
  }
  if (!(Date.parse(silence.endsAt) > Date.parse(silence.startsAt))) {
    return 'failed to create silence: end time must not be before start time';
  }
  if (Date.parse(silence.endsAt) < now) return "failed to create silence: end time can't be in the past";
  return silence.createdBy === '' || silence.comment === '' ? 'createdBy and comment are required' : undefined;
}

/** As Alertmanager 0.25 answers, with silences that it keeps. */
export async function fakeAlertmanager({ alerts, now }: FakeAlertmanagerChoice): Promise<StrictServer> {
  const kept = new Map<string, Kept>();
  const alertList = (): Answer => ({
    status: 200,
    body: alerts.map((alert) => {
      const silencedBy = [...kept.values()]
        .filter(
          (one) => stateOf(one, now()) === 'active' && one.matchers.every((matcher) => matches(matcher, alert.labels)),
        )
        .map(({ id }) => id);
      return {
        annotations: {},
        ...alert,
        fingerprint: 'f',
        updatedAt: alert.startsAt,
        generatorURL: '',
        receivers: [{ name: 'default' }],
        status: { state: silencedBy.length > 0 ? 'suppressed' : 'active', silencedBy, inhibitedBy: [] },
      };
    }),
  });
  const create = ({ body, headers }: Asked): Answer => {
    if (headers['content-type'] !== 'application/json') {
      return { status: 415, body: { code: 415, message: 'unsupported media type' } };
    }
    const silence = JSON.parse(body) as Kept;
    const wrong = trouble(silence, now());
    if (wrong !== undefined) {
      return { status: 400, body: JSON.stringify(wrong), headers: { 'Content-Type': 'application/json' } };
    }
    const id = randomUUID();
    kept.set(id, { ...silence, id });
    return { status: 200, body: { silenceID: id } };
  };
  const expire = ({ path }: Asked): Answer => {
    const found = kept.get(path.split('/').at(-1) ?? '');
    if (found === undefined) return { status: 404 };
    if (stateOf(found, now()) === 'expired') {
      return { status: 500, body: JSON.stringify(`silence ${found.id} already expired`) };
    }
    found.endsAt = new Date(now()).toISOString();
    return { status: 200 };
  };
  return await strictServer([
    {
      method: 'GET',
      path: /^\/api\/v2\/alerts$/,
      parameters: ['filter', 'active', 'silenced', 'inhibited', 'receiver'],
      answer: alertList,
    },
    {
      method: 'GET',
      path: /^\/api\/v2\/silences$/,
      parameters: ['filter'],
      answer: () => ({
        status: 200,
        body: [...kept.values()].map((one) => ({
          ...one,
          updatedAt: one.startsAt,
          status: { state: stateOf(one, now()) },
        })),
      }),
    },
    { method: 'POST', path: /^\/api\/v2\/silences$/, parameters: [], answer: create },
    { method: 'DELETE', path: /^\/api\/v2\/silence\/[0-9a-f-]{36}$/, parameters: [], answer: expire },
  ]);
}
