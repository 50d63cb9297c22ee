import { z } from 'zod';
import type { KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { Granted } from './oauth-calls.ts';
import type { Sealing } from './sealing.ts';

/** What of a grant is kept, sealed. */
const KeptTokens = z.strictObject({ token: z.string().min(1), refreshToken: z.string(), expiresAt: z.string() });
export type KeptTokens = z.infer<typeof KeptTokens>;

type Place = Pick<KeptInstallation, 'app' | 'team' | 'enterprise'>;

export function placeName({ app, team, enterprise }: Place): string {
  return `${app}/${team}/${enterprise}`;
}

/** `now` in milliseconds. */
export function sealTokens(
  sealing: Sealing,
  place: Place,
  { token, refreshToken, expiresIn }: Granted,
  now: number,
): string {
  const kept: KeptTokens = {
    token,
    refreshToken,
    expiresAt: expiresIn === 0 ? '' : new Date(now + expiresIn * 1000).toISOString(),
  };
  return sealing.seal(JSON.stringify(kept), placeName(place));
}

/** Throws `store.corrupt`. */
export function openTokens(sealing: Sealing, installation: KeptInstallation): KeptTokens {
  return KeptTokens.parse(JSON.parse(sealing.open(installation.sealed, placeName(installation))));
}
