import type { SlackClock } from '../clock/slack-clock.ts';
import type { Installation } from '../state/apps.ts';
import { SlackError } from '../server/slack-error.ts';

const lifetime = 30 * 60_000;
const mostUses = 5;

/** Where an answer to a command or a click goes. */
export interface ResponsePlace {
  readonly installation: Installation;
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string;
  /** The message that was clicked on. */
  readonly messageTs?: string;
}

/** Addresses that an app may answer at five times within half an hour. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export interface ResponseUrls {
  readonly issue: (place: ResponsePlace) => string;
  /** Refuses one that is unknown, too old or used up; else counts a use. */
  readonly use: (path: string) => ResponsePlace;
}

export function responseUrls(clock: SlackClock, base: () => string, secret: () => string): ResponseUrls {
  const issued = new Map<string, { readonly place: ResponsePlace; readonly until: number; uses: number }>();
  return {
    issue: (place) => {
      const kind = place.messageTs === undefined ? 'commands' : 'actions';
      const path = `/${kind}/${place.installation.botUser.team.id}/${issued.size}/${secret()}`;
      issued.set(path, { place, until: clock.now() + lifetime, uses: 0 });
      return base() + path;
    },
    use: (path) => {
      const one = issued.get(path);
      if (one === undefined) throw new SlackError('invalid_token');
      if (clock.now() > one.until) throw new SlackError('expired_url');
      if (one.uses >= mostUses) throw new SlackError('used_url');
      one.uses += 1;
      return one.place;
    },
  };
}
