import type { BotStore, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { SlackFailure } from '../slack/slack-failure.ts';
import { grantKeeper } from './grant-keeper.ts';
import { openTokens, placeName, sealTokens } from './kept-tokens.ts';
import type { OauthCalls, OauthClient } from './oauth-calls.ts';
import type { Sealing } from './sealing.ts';

export interface TokenSourceChoice {
  readonly store: Pick<BotStore, 'installations' | 'leases'>;
  readonly sealing: Sealing;
  readonly oauth: OauthCalls;
  /** Of a distributed app; undefined for a customer's own app. */
  readonly clientOf: (app: string) => Promise<OauthClient | undefined>;
  /** Token of a customer's own app, as the configuration names it; undefined for a distributed one. */
  readonly ownToken: (app: string) => Promise<string | undefined>;
  readonly holder: string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** The token of an installation, renewed in time. */
export interface TokenSource {
  /** Throws `SlackFailure` (`not_installed`) where there is no such installation any more. */
  readonly tokenOf: (installation: Pick<KeptInstallation, 'app' | 'team' | 'enterprise'>) => Promise<string>;
  /** Renews whatever ends within two hours. Tells how many were renewed. */
  readonly renewAll: (signal: AbortSignal) => Promise<number>;
}

/** Tokens live twelve hours: they are renewed long before that, and by an event only when they are about to end. */
const earlyEnough = 2 * 3_600_000;
const aboutToEnd = 300_000;
const rememberedFor = 30_000;
const leaseFor = 30_000;

type Place = Pick<KeptInstallation, 'app' | 'team' | 'enterprise'>;

interface Remembered {
  readonly token: string;
  readonly until: number;
}

/**
 * One who renews: a refresh token is good once. Of several processes the one with the lease asks Slack; the row's
 * version keeps a late writer from putting an older token over a newer one.
 */
export function tokenSource(choice: TokenSourceChoice): TokenSource {
  const { store, sealing, now } = choice;
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<string>>();
  const keeper = grantKeeper({ installations: store.installations, wait: choice.wait, log: choice.log });
  const found = async (place: Place): Promise<KeptInstallation> => {
    await keeper.retry(placeName(place));
    const installation =
      keeper.held(placeName(place)) ?? (await store.installations.find(place.app, place.team, place.enterprise));
    if (installation === undefined || installation.sealed === '') throw new SlackFailure('refused', 'not_installed');
    return installation;
  };
  const endsWithin = (installation: KeptInstallation, milliseconds: number): boolean => {
    const { expiresAt, refreshToken } = openTokens(sealing, installation);
    return expiresAt !== '' && refreshToken !== '' && Date.parse(expiresAt) - now() < milliseconds;
  };
  const renewed = async (installation: KeptInstallation): Promise<KeptInstallation> => {
    const client = await choice.clientOf(installation.app);
    if (client === undefined) throw new SlackFailure('refused', 'no_oauth_client');
    const granted = await choice.oauth
      .refresh(client, openTokens(sealing, installation).refreshToken)
      .catch((error: unknown) => {
        // It was used, and what Slack gave for it never came or was lost with the process that asked.
        if (error instanceof SlackFailure && error.code === 'invalid_refresh_token') {
          choice.log(
            'INSTALL THE APP AGAIN: Slack does not take its refresh token any more, so its token ends and is not followed by another',
            { app: installation.app, team: installation.team },
          );
        }
        throw error;
      });
    const kept = await keeper.keep({ ...installation, sealed: sealTokens(sealing, installation, granted, now()) });
    choice.log('a token was renewed', { app: installation.app, team: installation.team });
    return kept;
  };
  /** Writes its tokens as the only one; undefined while another process does. */
  const alone = async (
    place: Place,
    write: (current: KeptInstallation) => Promise<KeptInstallation>,
  ): Promise<KeptInstallation | undefined> => {
    const lease = await store.leases.acquire(`slack-token/${placeName(place)}`, choice.holder, leaseFor);
    if (lease === undefined) return undefined;
    try {
      return await write(await found(place));
    } finally {
      await store.leases.release(lease).catch(() => {});
    }
  };
  /** The installation with a token that holds for longer; undefined while another process renews it. */
  const renewAlone = async (place: Place, margin: number): Promise<KeptInstallation | undefined> =>
    await alone(place, async (current) => (endsWithin(current, margin) ? await renewed(current) : current));
  /** What an older key sealed is sealed anew, so that the older one can go; never beside somebody who renews, whose tokens would be lost. */
  const resealed = async (place: Place): Promise<void> =>
    void (await alone(place, async (current) => {
      if (!sealing.isOld(current.sealed)) return current;
      const sealed = sealing.seal(JSON.stringify(openTokens(sealing, current)), placeName(current));
      const kept = await store.installations.put({ ...current, sealed }, current.version);
      choice.log('a token was sealed with the newest key', { app: current.app, team: current.team });
      return kept;
    }));
  const current = async (place: Place): Promise<string> => {
    let installation = await found(place);
    for (let attempt = 0; attempt < 20 && endsWithin(installation, aboutToEnd); attempt += 1) {
      const won = await renewAlone(place, aboutToEnd);
      if (won === undefined) await choice.wait(250, AbortSignal.timeout(leaseFor));
      installation = won ?? (await found(place));
    }
    const { token } = openTokens(sealing, installation);
    remembered.set(placeName(place), { token, until: now() + rememberedFor });
    return token;
  };
  return {
    tokenOf: async (place) => {
      const own = await choice.ownToken(place.app);
      if (own !== undefined) return own;
      const name = placeName(place);
      const known = remembered.get(name);
      if (known !== undefined && known.until > now()) return known.token;
      const pending = asking.get(name) ?? current(place).finally(() => asking.delete(name));
      asking.set(name, pending);
      return await pending;
    },
    renewAll: async (signal) => {
      let count = 0;
      for (const installation of await store.installations.list()) {
        if (signal.aborted) break;
        if (installation.sealed === '') continue;
        try {
          if (sealing.isOld(installation.sealed)) await resealed(installation);
          if (!endsWithin(installation, earlyEnough)) continue;
          const won = await renewAlone(installation, earlyEnough);
          remembered.delete(placeName(installation));
          if (won !== undefined && won.version !== installation.version) count += 1;
        } catch (error) {
          choice.log('a token could not be renewed', {
            app: installation.app,
            team: installation.team,
            why: error instanceof Error ? error.message : 'unknown',
          });
        }
      }
      return count;
    },
  };
}
