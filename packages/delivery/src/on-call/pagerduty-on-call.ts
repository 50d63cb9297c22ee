import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';

export interface PagerDutyChoice {
  readonly name: string;
  /** Id of the schedule there. */
  readonly schedule: string;
  /** `https://api.pagerduty.com`, or that of the European service. */
  readonly api: string;
  /** Read when it is needed, kept nowhere. */
  readonly token: () => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls */
const Answer = z.object({
  oncalls: z.array(z.object({
    user: z.object({ id: z.string(), summary: z.string().nullish(), email: z.string().nullish() }),
    schedule: z.object({ id: z.string() }).nullish(),
  })).max(1000),
});

const deadline = 10_000;
const largest = 2_000_000;
/** In milliseconds: how long an answer is taken as it is, and how long it counts while there is no other. */
const freshFor = 60_000;
const goodFor = 4 * 3_600_000;
const mostPeople = 50;

function lost(name: string, why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError('on-call.unknown', `PagerDuty does not say who is on call by ${name}: ${why}.`, 'See that the schedule\'s id is right and that its token may read schedules.', { cause });
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

async function asked({ schedule, api, token }: PagerDutyChoice, time: number, signal: AbortSignal): Promise<readonly string[]> {
  const moment = new Date(time).toISOString();
  const url = new URL('/oncalls', api);
  url.search = new URLSearchParams([['schedule_ids[]', schedule], ['include[]', 'users'], ['since', moment], ['until', new Date(time + 1000).toISOString()], ['limit', '100']]).toString();
  const response = await fetch(url, {
    redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
    headers: { accept: 'application/vnd.pagerduty+json;version=2', authorization: `Token token=${await token()}`, 'user-agent': 'autodevops' },
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new RangeError(`it answers ${response.status}`);
  }
  const { oncalls } = Answer.parse(JSON.parse(await textOf(response)));
  // A schedule that stands in several escalation policies is listed for each of them.
  const people = oncalls.filter((one) => one.schedule?.id === schedule).map(({ user }) => user.email || user.summary || user.id);
  return [...new Set(people)].slice(0, mostPeople);
}

/** A schedule of PagerDuty. Its last answer counts for some hours while there is no other. */
export function pagerDutyOnCall(choice: PagerDutyChoice): OnCallSchedule {
  const { name, now } = choice;
  let had: { readonly people: readonly string[]; readonly at: number } | undefined;
  return {
    name,
    at: async (time, { signal }) => {
      if (had !== undefined && now() - had.at < freshFor) return had.people;
      try {
        had = { people: await asked(choice, time, signal), at: now() };
      } catch (error) {
        if (signal.aborted) throw error;
        if (had === undefined || now() - had.at > goodFor) throw lost(name, error instanceof RangeError ? error.message : 'it does not answer as it should', error);
      }
      return had.people;
    },
  };
}
