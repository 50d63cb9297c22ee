import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { readEmailAddress } from '@autodevops/domain/email-address';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { z } from 'zod';

/**
 * What another surface says of who asks, signed by it (JWS, EdDSA over Ed25519, RFC 8037): `iss` the surface's name in
 * the configuration, `aud` the customer, `sub` the account, `jti` used once, `exp` at most five minutes ahead; `email`
 * where the account is to be linked by the address that the surface knows to be its own.
 */
const Claims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(200),
  jti: z.string().min(8).max(100),
  iat: z.number(),
  exp: z.number(),
  name: z.string().max(200).default(''),
  roles: z.array(z.string().max(50)).max(20).default([]),
  email: z.string().max(320).default(''),
});

export const longestLife = 300;
/** Seconds that clocks may differ by. */
const clockTolerance = 30;

export interface TrustedIssuer {
  readonly name: string;
  /** PEM, SPKI. */
  readonly publicKey: string;
  readonly surface: 'slack' | 'vscode' | 'http';
  /** Domains of the e-mail addresses that it may vouch for; without any it may link nobody by one. */
  readonly emailDomains?: readonly string[];
}

export interface Asserted {
  readonly account: string;
  readonly name: string;
  readonly surface: TrustedIssuer['surface'];
  readonly roles: readonly string[];
  /** The account's address, where the surface says it and may vouch for one of that domain. */
  readonly email?: string;
}

/** Reading a key takes longer than what is done with it: as many are remembered as surfaces have, while they are replaced one by one. */
const mostKeys = 100;

function rememberedKeys(read: (pem: string) => Promise<CryptoKey>): (pem: string) => Promise<CryptoKey> {
  const known = new Map<string, Promise<CryptoKey>>();
  return async (pem) => {
    const key = known.get(pem) ?? read(pem);
    known.set(pem, key);
    const [oldest] = known.keys();
    if (known.size > mostKeys && oldest !== undefined) known.delete(oldest);
    return await key.catch((error: unknown) => {
      known.delete(pem);
      throw error;
    });
  };
}

const publicKey = rememberedKeys(async (pem) => await importSPKI(pem, 'EdDSA'));
const privateKey = rememberedKeys(async (pem) => await importPKCS8(pem, 'EdDSA'));

function refused(why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'agent.unauthorized',
    `The assertion of who asks is not accepted: ${why}.`,
    'Make a new one for each request, valid for five minutes at most.',
    { cause },
  );
}

export interface AssertionChoice {
  readonly issuers: readonly TrustedIssuer[];
  readonly audience: string;
  /** Whether the assertion of that id is used for the first time; it is remembered until then, in milliseconds since 1970. */
  readonly once: (id: string, until: number) => Promise<boolean>;
  /** Milliseconds. */
  readonly now: () => number;
}

function vouchedEmail(claimed: string, { emailDomains }: TrustedIssuer): Pick<Asserted, 'email'> {
  const read = readEmailAddress(claimed);
  return read !== undefined && emailDomains?.includes(read.domain) === true ? { email: read.address } : {};
}

/** Reads and checks an assertion. Throws `agent.unauthorized` with the reason. */
export async function readAssertion(
  text: string,
  { issuers, audience, once, now }: AssertionChoice,
): Promise<Asserted> {
  const claimed = ((): string => {
    try {
      return String(
        (JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()) as { iss?: unknown }).iss,
      );
    } catch (error) {
      throw refused('it cannot be read', error);
    }
  })();
  const issuer = issuers.find((one) => one.name === claimed);
  if (issuer === undefined) throw refused('its issuer is not trusted here');
  const key = await publicKey(issuer.publicKey);
  const { payload } = await jwtVerify(text, key, {
    algorithms: ['EdDSA'],
    issuer: issuer.name,
    audience,
    currentDate: new Date(now()),
    clockTolerance,
    requiredClaims: ['exp', 'iat', 'jti', 'sub'],
  }).catch((error: unknown) => {
    throw refused(
      error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
        ? 'it has expired'
        : 'its signature, audience or time is wrong',
      error,
    );
  });
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw refused('it lacks something');
  if (claims.data.exp - claims.data.iat > longestLife) throw refused(`it lives longer than ${longestLife} s`);
  if (claims.data.exp * 1000 > now() + (longestLife + clockTolerance) * 1000) throw refused('it is for the future');
  if (!(await once(`${issuer.name} ${claims.data.jti}`, (claims.data.exp + clockTolerance) * 1000))) {
    throw refused('it was used before');
  }
  const account = claims.data.sub.startsWith(`${issuer.surface}:`)
    ? claims.data.sub
    : `${issuer.surface}:${claims.data.sub}`;
  return {
    account,
    name: claims.data.name === '' ? account : claims.data.name,
    surface: issuer.surface,
    roles: claims.data.roles,
    ...vouchedEmail(claims.data.email, issuer),
  };
}

/** Signs an assertion: what a surface does before each request. `key` is PEM, PKCS#8. */
export async function signAssertion(
  key: string,
  claims: {
    readonly issuer: string;
    readonly audience: string;
    readonly account: string;
    readonly name: string;
    readonly roles: readonly string[];
    /** The address that the account is to be linked by. */
    readonly email?: string | undefined;
    readonly id: string;
    readonly now: number;
  },
): Promise<string> {
  const at = Math.floor(claims.now / 1000);
  return await new SignJWT({
    name: claims.name,
    roles: [...claims.roles],
    ...(claims.email === undefined ? {} : { email: claims.email }),
  })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(claims.account)
    .setJti(claims.id)
    .setIssuedAt(at)
    .setExpirationTime(at + 60)
    .sign(await privateKey(key));
}
