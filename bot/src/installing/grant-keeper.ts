import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { placeName } from './kept-tokens.ts';

export interface GrantKeeperChoice {
  readonly installations: Pick<BotStore['installations'], 'put'>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/**
 * Keeps what Slack granted for a refresh token, which is good once: a grant that the store does not take is held here and
 * used from here until the store takes it. Only the end of the process loses it.
 */
export interface GrantKeeper {
  /** Tries for some seconds; gives what is kept, or is to be. Throws `store.conflict` where somebody else wrote: that is newer then. */
  readonly keep: (installation: KeptInstallation) => Promise<KeptInstallation>;
  /** What the store has still to take, by the place's name. */
  readonly held: (name: string) => KeptInstallation | undefined;
  /** Tries once more, where there is anything. */
  readonly retry: (name: string) => Promise<void>;
}

/** In milliseconds: shorter, all together, than the lease of who renews. */
const pauses = [250, 500, 1000, 2000, 4000];

export function grantKeeper({ installations, wait, log }: GrantKeeperChoice): GrantKeeper {
  const holding = new Map<string, KeptInstallation>();
  /** Undefined: not yet. */
  const attempt = async (name: string, installation: KeptInstallation): Promise<KeptInstallation | undefined> => {
    try {
      const kept = await installations.put(installation, installation.version);
      holding.delete(name);
      return kept;
    } catch (error) {
      if (error instanceof AutoDevOpsError && error.code === 'store.conflict') {
        holding.delete(name);
        throw error;
      }
      const { app, team } = installation;
      log(
        'A NEW TOKEN COULD NOT BE KEPT: it is tried again; if this process ends first, the app has to be installed again',
        { app, team, why: error instanceof Error ? error.message : 'unknown' },
      );
      return undefined;
    }
  };
  return {
    keep: async (installation) => {
      const name = placeName(installation);
      holding.set(name, installation);
      for (const pause of pauses) {
        const kept = await attempt(name, installation);
        if (kept !== undefined) return kept;
        await wait(pause, AbortSignal.timeout(pause * 2));
      }
      return installation;
    },
    held: (name) => holding.get(name),
    retry: async (name) => {
      const installation = holding.get(name);
      if (installation !== undefined) await attempt(name, installation);
    },
  };
}
