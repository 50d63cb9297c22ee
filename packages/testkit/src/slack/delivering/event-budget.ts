const hour = 60 * 60_000;

/** Numbers of the Events API; Slack's own if not given. */
export interface EventBudgetOptions {
  /** Events an hour for a workspace and app. https://docs.slack.dev/apis/events-api#rate-limiting */
  readonly perHour?: number;
  /** Attempts an hour below which nothing is switched off. https://docs.slack.dev/apis/events-api#failure_limits */
  readonly leastAttempts?: number;
}

/** Of the attempts of the last hour, this part has to succeed. */
const leastSuccess = 0.05;

/** How much of the Events API an app gets. */
export interface EventBudget {
  /** `tell`: to be dropped, and the app told once for this minute that it is. */
  readonly take: (app: string, team: string) => 'send' | 'drop' | 'tell';
  readonly note: (app: string, isAcknowledged: boolean) => void;
  /** An app that fails nearly always gets no more events, until somebody switches them on again. */
  readonly isOff: (app: string) => boolean;
  readonly switchOn: (app: string) => void;
}

interface Attempt {
  readonly at: number;
  readonly isAcknowledged: boolean;
}

export function eventBudget(
  now: () => number,
  { perHour = 30_000, leastAttempts = 1000 }: EventBudgetOptions = {},
): EventBudget {
  const sent = new Map<string, number[]>();
  const told = new Map<string, number>();
  const attempts = new Map<string, Attempt[]>();
  const off = new Set<string>();
  const recent = <Item>(all: readonly Item[], at: (item: Item) => number): Item[] => {
    const first = all.findIndex((item) => at(item) > now() - hour);
    return first === 0 ? (all as Item[]) : first === -1 ? [] : all.slice(first);
  };
  return {
    take: (app, team) => {
      if (off.has(app)) return 'drop';
      const key = `${app} ${team}`;
      const times = recent(sent.get(key) ?? [], (time) => time);
      sent.set(key, times);
      if (times.length < perHour) {
        times.push(now());
        return 'send';
      }
      const minute = Math.floor(now() / 60_000);
      if (told.get(key) === minute) return 'drop';
      told.set(key, minute);
      return 'tell';
    },
    note: (app, isAcknowledged) => {
      const all = recent(attempts.get(app) ?? [], ({ at }) => at);
      all.push({ at: now(), isAcknowledged });
      attempts.set(app, all);
      if (isAcknowledged || all.length < leastAttempts) return;
      const good = all.filter((attempt) => attempt.isAcknowledged).length;
      if (good / all.length < leastSuccess) off.add(app);
    },
    isOff: (app) => off.has(app),
    switchOn: (app) => {
      off.delete(app);
      attempts.delete(app);
    },
  };
}
