import type { SlackClock } from '../clock/slack-clock.ts';
import { SlackError } from '../server/slack-error.ts';

const lifetime = 3000;

export interface Trigger {
  readonly app: string;
  readonly team: string;
  readonly user: string;
}

/** Permission to show something to the person who has just done something: once, within three seconds. */
export interface Triggers {
  readonly issue: (trigger: Trigger) => string;
  /** Refuses one that is unknown, of another app, too old or used. */
  readonly exchange: (id: string, app: string) => Trigger;
}

export function triggers(clock: SlackClock, secret: () => string): Triggers {
  const issued = new Map<string, { readonly trigger: Trigger; readonly until: number; isUsed: boolean }>();
  return {
    issue: (trigger) => {
      const id = `${Math.floor(clock.now())}.${issued.size}.${secret()}`;
      issued.set(id, { trigger, until: clock.now() + lifetime, isUsed: false });
      return id;
    },
    exchange: (id, app) => {
      const one = issued.get(id);
      if (one === undefined || one.trigger.app !== app) throw new SlackError('invalid_trigger_id');
      if (one.isUsed) throw new SlackError('exchanged_trigger_id');
      if (clock.now() > one.until) throw new SlackError('expired_trigger_id');
      one.isUsed = true;
      return one.trigger;
    },
  };
}
