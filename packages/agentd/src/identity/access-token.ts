import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';

/** A token as the store knows it: its hash, whose it is, and until when. The token itself is shown once and kept nowhere. */
const KnownToken = z.strictObject({
  hash: z.string(),
  account: z.string(),
  name: z.string(),
  issuedAt: z.string().default('').describe('empty for one that was made before this was kept'),
  issuedBy: z.string().default(''),
  expiresAt: z.string(),
});
type KnownToken = z.infer<typeof KnownToken>;

/** A token as people may see it. */
export interface TokenLine {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly issuedAt: string;
  readonly issuedBy: string;
  readonly expiresAt: string;
}

const setting = 'access-tokens';
const prefix = 'adt_';
/** Every one is compared at every request. */
const mostTokens = 1000;

/** 32 random bytes behind a prefix by which scanners of leaked secrets find it. */
export function randomToken(start: string): string {
  return `${start}${randomBytes(32).toString('base64url')}`;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares in constant time. */
export function isOfHash(token: string, hash: string): boolean {
  const [own, other] = [Buffer.from(hashOf(token)), Buffer.from(hash)];
  return own.length === other.length && timingSafeEqual(own, other);
}

function readTokens(stored: unknown): readonly KnownToken[] {
  return z
    .array(KnownToken)
    .catch([])
    .parse(stored ?? []);
}

function holds({ expiresAt }: KnownToken, now: number): boolean {
  return Date.parse(expiresAt) > now;
}

/** By a part of the hash: it tells one token from another and helps nobody to guess one. */
function idOf({ hash }: KnownToken): string {
  return `tok-${hash.slice(0, 12)}`;
}

export interface TokenWanted {
  readonly account: string;
  readonly name: string;
  /** Account of who makes it. */
  readonly by: string;
  readonly milliseconds: number;
  readonly now: number;
  readonly audit: AuditEntry;
}

/** Makes a token for an account. Tokens that have ended are dropped on the way. */
export async function issueToken(
  settings: Settings,
  { account, name, by, milliseconds, now, audit }: TokenWanted,
): Promise<string> {
  const token = randomToken(prefix);
  const made: KnownToken = {
    hash: hashOf(token),
    account,
    name,
    issuedAt: new Date(now).toISOString(),
    issuedBy: by,
    expiresAt: new Date(now + milliseconds).toISOString(),
  };
  await changeSetting(settings, setting, (stored) => {
    const kept = readTokens(stored).filter((one) => holds(one, now));
    if (kept.length >= mostTokens) {
      throw new AutoDevOpsError('usage', `${mostTokens} tokens hold already.`, 'Revoke some, or make them shorter.');
    }
    return { value: [...kept, made], audit: [audit] };
  });
  return token;
}

/** The tokens that hold, the newest first. */
export async function listTokens(settings: Settings, now: number): Promise<readonly TokenLine[]> {
  const tokens = readTokens(await settings.get(setting)).filter((one) => holds(one, now));
  return tokens
    .map((one) => ({
      id: idOf(one),
      account: one.account,
      name: one.name,
      issuedAt: one.issuedAt,
      issuedBy: one.issuedBy,
      expiresAt: one.expiresAt,
    }))
    .toReversed();
}

/** Ends every token of an account, or the one with that id. Throws `object.not-found` for an id that the account has not. */
export async function revokeTokens(
  settings: Settings,
  { account, id }: { readonly account: string; readonly id?: string | undefined },
  audit: AuditEntry,
): Promise<void> {
  await changeSetting(settings, setting, (stored) => {
    const tokens = readTokens(stored);
    const kept = tokens.filter((one) => one.account !== account || (id !== undefined && idOf(one) !== id));
    if (id !== undefined && kept.length === tokens.length) {
      throw new AutoDevOpsError(
        'object.not-found',
        `${account} has no token ${id}.`,
        remedy`${{ do: 'list-tokens' }} lists those that hold.`,
      );
    }
    return { value: kept, audit: [audit] };
  });
}

/** Whose token it is; undefined when nobody's, or when it has ended. Every known hash is compared, in constant time. */
export async function ownerOfToken(
  settings: Settings,
  token: string,
  now: number,
): Promise<{ readonly account: string; readonly name: string } | undefined> {
  if (!token.startsWith(prefix)) return undefined;
  const matching = readTokens(await settings.get(setting)).filter((one) => isOfHash(token, one.hash));
  return matching.find((one) => holds(one, now));
}
