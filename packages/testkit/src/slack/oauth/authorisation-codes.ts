import type { SlackClock } from '../clock/slack-clock.ts';
import type { SlackApp } from '../state/apps.ts';
import type { Enterprise, Team, User } from '../state/workspaces.ts';
import { SlackError } from '../server/slack-error.ts';

const lifetime = 10 * 60_000;

/** What a person has agreed to on the page of the authorisation. */
export interface Consent {
  readonly app: SlackApp;
  readonly user: User;
  readonly team: Team;
  /** The app is installed for the whole organisation. */
  readonly enterprise?: Enterprise;
  readonly scopes: readonly string[];
  readonly userScopes: readonly string[];
  readonly redirectUri: string;
}

/** Codes of OAuth: one use within ten minutes. */
export interface AuthorisationCodes {
  readonly issue: (consent: Consent) => string;
  readonly exchange: (code: string, app: SlackApp, redirectUri: string) => Consent;
}

export function authorisationCodes(clock: SlackClock, secret: () => string): AuthorisationCodes {
  const issued = new Map<string, { readonly consent: Consent; readonly until: number; isUsed: boolean }>();
  return {
    issue: (consent) => {
      const code = `${issued.size}.${secret()}`;
      issued.set(code, { consent, until: clock.now() + lifetime, isUsed: false });
      return code;
    },
    exchange: (code, app, redirectUri) => {
      const one = issued.get(code);
      if (one === undefined || one.consent.app !== app) throw new SlackError('invalid_code');
      if (one.isUsed) throw new SlackError('code_already_used');
      if (clock.now() > one.until) throw new SlackError('invalid_code');
      if (redirectUri !== '' && redirectUri !== one.consent.redirectUri) throw new SlackError('bad_redirect_uri');
      one.isUsed = true;
      return one.consent;
    },
  };
}
