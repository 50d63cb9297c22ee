import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Settings } from '@autodevops/domain/ports/store';

/** A token as the store knows it: its hash, whose it is, and until when. The token itself is shown once and kept nowhere. */
const KnownToken = z.strictObject({ hash: z.string(), account: z.string(), name: z.string(), expiresAt: z.string() });
type KnownToken = z.infer<typeof KnownToken>;

const setting = 'access-tokens';
const prefix = 'adt_';

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

async function known(settings: Settings): Promise<readonly KnownToken[]> {
  return z.array(KnownToken).catch([]).parse((await settings.get(setting)) ?? []);
}

/** Makes a token for an account. Tokens that have ended are dropped on the way. */
export async function issueToken(settings: Settings, given: { readonly account: string; readonly name: string; readonly milliseconds: number; readonly now: number; readonly audit: AuditEntry }): Promise<string> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  const kept = (await known(settings)).filter((one) => Date.parse(one.expiresAt) > given.now);
  const made: KnownToken = { hash: hashOf(token), account: given.account, name: given.name, expiresAt: new Date(given.now + given.milliseconds).toISOString() };
  await settings.put(setting, [...kept, made], [given.audit]);
  return token;
}

export async function revokeTokens(settings: Settings, account: string, audit: AuditEntry): Promise<void> {
  await settings.put(setting, (await known(settings)).filter((one) => one.account !== account), [audit]);
}

/** Whose token it is; undefined when nobody's, or when it has ended. Every known hash is compared, in constant time. */
export async function ownerOfToken(settings: Settings, token: string, now: number): Promise<{ readonly account: string; readonly name: string } | undefined> {
  if (!token.startsWith(prefix)) return undefined;
  const hash = Buffer.from(hashOf(token));
  const matching = (await known(settings)).filter((one) => one.hash.length === hash.length && timingSafeEqual(Buffer.from(one.hash), hash));
  return matching.find((one) => Date.parse(one.expiresAt) > now);
}
