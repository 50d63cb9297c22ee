import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import { callPagerDuty } from './pagerduty-call.ts';
import type { PagerDutyAccess } from './pagerduty-call.ts';

export interface PagerDutyChoice extends PagerDutyAccess {
  readonly name: string;
  /** Id of the schedule there. */
  readonly schedule: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls */
const Answer = z.object({
  oncalls: z
    .array(
      z.object({
        user: z.object({ id: z.string(), summary: z.string().nullish(), email: z.string().nullish() }),
        schedule: z.object({ id: z.string() }).nullish(),
      }),
    )
    .max(1000),
});

/** In milliseconds: how long an answer is taken as it is, and how long it counts while there is no other. */
const freshFor = 60_000;
const goodFor = 4 * 3_600_000;
const mostPeople = 50;

function lost(name: string, why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'on-call.unknown',
    `PagerDuty does not say who is on call by ${name}: ${why}.`,
    "See that the schedule's id is right and that its token may read schedules.",
    { cause },
  );
}

async function asked(
  { schedule, ...access }: PagerDutyChoice,
  time: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const moment = new Date(time).toISOString();
  const query = [
    ['schedule_ids[]', schedule],
    ['include[]', 'users'],
    ['since', moment],
    ['until', new Date(time + 1000).toISOString()],
    ['limit', '100'],
  ] as const;
  const { oncalls } = Answer.parse(await callPagerDuty(access, { method: 'GET', path: '/oncalls', query }, signal));
  // A schedule that stands in several escalation policies is listed for each of them.
  const people = oncalls
    .filter((one) => one.schedule?.id === schedule)
    .map(({ user }) => user.email || user.summary || user.id);
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
        if (had === undefined || now() - had.at > goodFor) {
          throw lost(name, error instanceof RangeError ? error.message : 'it does not answer as it should', error);
        }
      }
      return had.people;
    },
  };
}
