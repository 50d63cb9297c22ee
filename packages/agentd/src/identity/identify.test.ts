import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Person } from '@autodevops/domain/change/person';
import type { People, Settings } from '@autodevops/domain/ports/store';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { issueToken, revokeTokens } from './access-token.ts';
import { actorOfSource } from './alert-source.ts';
import { signAssertion } from './assertion.ts';
import { identifier } from './identify.ts';
import type { Arrival } from './identify.ts';
import { mayDo } from './person-actor.ts';
import { usedAssertions } from './used-assertions.ts';
import type { UsedAssertions } from './used-assertions.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const other = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const audit = { code: 'TOK001' } as AuditEntry;
let now = Date.UTC(2026, 0, 1);

function settingsOf(): Settings {
  const kept = new Map<string, unknown>();
  const put = async (name: string, value: unknown): Promise<void> => void kept.set(name, value);
  return { get: async (name) => kept.get(name), put, swap: async (name, _was, value) => await put(name, value) };
}

function peopleOf(people: readonly Person[]): People {
  return {
    list: async () => people,
    byAccount: async (account) => people.find((one) => one.accounts.includes(account)),
    put: async () => {},
    link: async () => undefined,
    unlink: async () => undefined,
    remove: async () => {},
  };
}

function usedHere(): UsedAssertions {
  return usedAssertions({ spent: createMemoryStore().spent, now: () => now, wait: async () => {} });
}

const bob: Person = { id: 'p-bob', name: 'Bob', accounts: ['slack:T1/U2', 'token:bob'], roles: ['approver'] };

function identify(
  settings: Settings,
  localUser?: string,
  arrival: Arrival = { right: 'propose', overNetwork: false },
): (authorization?: string) => Promise<Actor> {
  const read = identifier({
    settings,
    people: peopleOf([bob]),
    localUser,
    issuers: [{ name: 'bot', publicKey, surface: 'slack' }],
    audience: 'acme',
    used: usedHere(),
    now: () => now,
  });
  return async (authorization) =>
    (await read(new Headers(authorization === undefined ? {} : { authorization }), arrival)).actor;
}

describe('on the local socket', () => {
  it('the caller is the user of this machine', async () => {
    expect(await identify(settingsOf(), 'ann')()).toMatchObject({
      account: 'local:ann',
      person: '',
      roles: ['admin', 'approver', 'operator', 'viewer'],
    });
  });
});

describe('over TCP', () => {
  it('nobody is the user of this machine without showing it', async () => {
    await expect(identify(settingsOf(), 'ann', { right: 'read', overNetwork: true })()).rejects.toThrow(
      'does not say who asks',
    );
  });
});

describe('without a store', () => {
  const lost = (right: Arrival['right']): Promise<unknown> => {
    const people: People = {
      ...peopleOf([]),
      byAccount: async () => {
        throw new AutoDevOpsError('store.unavailable', 'The store does not answer.', '');
      },
    };
    return identifier({
      settings: settingsOf(),
      people,
      localUser: 'ann',
      issuers: [],
      audience: 'acme',
      used: usedHere(),
      now: () => now,
    })(new Headers(), { right, overNetwork: false });
  };

  it('the user of this machine may look, and is told why he may do nothing', async () => {
    expect(await lost('read')).toMatchObject({ actor: { account: 'local:ann', roles: ['viewer'] } });
    await expect(lost('propose')).rejects.toThrow('The store does not answer.');
  });
});

describe('a token', () => {
  it("is its account's, and the linked person's", async () => {
    const settings = settingsOf();
    const token = await issueToken(settings, {
      account: 'token:bob',
      name: 'bob',
      by: 'local:ann',
      milliseconds: 1000,
      now,
      audit,
    });
    expect(await identify(settings)(`Bearer ${token}`)).toMatchObject({
      account: 'token:bob',
      person: 'p-bob',
      roles: ['approver'],
    });
    expect(JSON.stringify(await settings.get('access-tokens'))).not.toContain(token);
  });

  it('ends by its time and by revocation', async () => {
    const settings = settingsOf();
    const token = await issueToken(settings, {
      account: 'token:bob',
      name: 'bob',
      by: 'local:ann',
      milliseconds: 1000,
      now,
      audit,
    });
    now += 2000;
    await expect(identify(settings)(`Bearer ${token}`)).rejects.toThrow('The token is not valid, or has ended.');
    const next = await issueToken(settings, {
      account: 'token:bob',
      name: 'bob',
      by: 'local:ann',
      milliseconds: 1000,
      now,
      audit,
    });
    await revokeTokens(settings, { account: 'token:bob' }, audit);
    await expect(identify(settings)(`Bearer ${next}`)).rejects.toMatchObject({ code: 'agent.unauthorized' });
  });

  it('of nobody, or none at all, is refused', async () => {
    await expect(identify(settingsOf())('Bearer adt_x')).rejects.toMatchObject({ code: 'agent.unauthorized' });
    await expect(identify(settingsOf())()).rejects.toThrow('does not say who asks');
    await expect(identify(settingsOf())('Basic YTpi')).rejects.toMatchObject({ code: 'agent.unauthorized' });
  });
});

describe('an assertion', () => {
  const claims = {
    issuer: 'bot',
    audience: 'acme',
    account: 'T1/U2',
    name: 'Bob',
    roles: ['viewer', 'admin'],
    email: undefined as string | undefined,
    id: 'assertion-1',
  };
  const signed = async (change: Partial<typeof claims> & { now?: number } = {}, key = privateKey): Promise<string> =>
    `Bearer ${await signAssertion(key, { ...claims, now, ...change })}`;

  it('says who asks; nobody becomes an administrator by it', async () => {
    expect(await identify(settingsOf())(await signed())).toEqual({
      kind: 'person',
      account: 'slack:T1/U2',
      person: 'p-bob',
      name: 'Bob',
      roles: ['approver', 'viewer'],
      surface: 'slack',
    });
  });

  it('is refused for another customer, after its time, of another issuer, with another key, and a second time', async () => {
    const read = identify(settingsOf());
    await expect(read(await signed({ audience: 'globex' }))).rejects.toThrow('audience');
    await expect(read(await signed({ now: now - 600_000 }))).rejects.toThrow('it has expired');
    await expect(read(await signed({ issuer: 'evil' }))).rejects.toThrow('its issuer is not trusted here');
    await expect(read(await signed({}, other.privateKey))).rejects.toThrow('its signature');
    const once = await signed({ id: 'assertion-2' });
    await read(once);
    await expect(read(once)).rejects.toThrow('it was used before');
  });

  it('that only looked is refused for whoever wants to do something with it', async () => {
    const used = usedHere();
    const read = identifier({
      settings: settingsOf(),
      people: peopleOf([bob]),
      localUser: undefined,
      issuers: [{ name: 'bot', publicKey, surface: 'slack' }],
      audience: 'acme',
      used,
      now: () => now,
    });
    const headers = new Headers({ authorization: await signed({ id: 'assertion-3' }) });
    await read(headers, { right: 'read', overNetwork: true });
    await expect(read(headers, { right: 'decide', overNetwork: true })).rejects.toThrow('it was used before');
  });

  it('that is made for later is not kept in stock', async () => {
    const read = identify(settingsOf());
    await expect(read(await signed({ id: 'assertion-later', now: now + 600_000 }))).rejects.toThrow(
      'it is for the future',
    );
  });

  it('that lives longer than five minutes is refused, also at its end', async () => {
    const at = Math.floor(now / 1000);
    const lasting = await new SignJWT({ name: 'Bob', roles: [] })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('bot')
      .setAudience('acme')
      .setSubject('T1/U2')
      .setJti('assertion-long')
      .setIssuedAt(at - 400)
      .setExpirationTime(at + 60)
      .sign(createPrivateKey(privateKey));
    await expect(identify(settingsOf())(`Bearer ${lasting}`)).rejects.toThrow('it lives longer than 300 s');
  });

  it('has its id for its own surface: another one may use the same', async () => {
    const issuers = [
      { name: 'bot', publicKey, surface: 'slack' as const },
      { name: 'portal', publicKey: other.publicKey, surface: 'http' as const },
    ];
    const read = identifier({
      settings: settingsOf(),
      people: peopleOf([bob]),
      localUser: undefined,
      issuers,
      audience: 'acme',
      used: usedHere(),
      now: () => now,
    });
    const arrival = { right: 'propose' as const, overNetwork: true };
    await read(new Headers({ authorization: await signed({ id: 'assertion-same' }) }), arrival);
    expect(
      await read(
        new Headers({ authorization: await signed({ id: 'assertion-same', issuer: 'portal' }, other.privateKey) }),
        arrival,
      ),
    ).toMatchObject({ actor: { surface: 'http' } });
  });

  it('says an e-mail address where its surface may vouch for one of exactly that domain', async () => {
    const email = async (
      address: string,
      emailDomains: readonly string[] | undefined = ['acme.example'],
    ): Promise<string | undefined> => {
      const read = identifier({
        settings: settingsOf(),
        people: peopleOf([]),
        localUser: undefined,
        issuers: [{ name: 'bot', publicKey, surface: 'slack', ...(emailDomains.length === 0 ? {} : { emailDomains }) }],
        audience: 'acme',
        used: usedHere(),
        now: () => now,
      });
      const headers = new Headers({ authorization: await signed({ id: 'assertion-4', email: address }) });
      return (await read(headers, { right: 'account', overNetwork: true })).vouchedEmail;
    };
    expect(await email('ann@acme.example')).toBe('ann@acme.example');
    expect(await email('ann@ACME.example')).toBe('ann@acme.example');
    for (const elsewhere of [
      '',
      'ann@mail.acme.example',
      'ann@evil-acme.example',
      'ann@acme.example.evil.example',
      'ann@evil.example@acme.example',
      'ann@acm\u0435.example',
      'ann',
    ]) {
      expect(await email(elsewhere)).toBeUndefined();
    }
    expect(await email('ann@acme.example', [])).toBeUndefined();
  });

  it('without a signature is refused', async () => {
    const none = [
      Buffer.from('{"alg":"none"}').toString('base64url'),
      Buffer.from(JSON.stringify({ iss: 'bot', sub: 'x', aud: 'acme', exp: 9e9, iat: 1, jti: '12345678' })).toString(
        'base64url',
      ),
      '',
    ].join('.');
    await expect(identify(settingsOf())(`Bearer ${none}`)).rejects.toMatchObject({ code: 'agent.unauthorized' });
  });
});

describe('rights', () => {
  it('come from roles, and none from no role', () => {
    const actor = { kind: 'person', account: 'a:b', person: '', name: '', surface: 'cli' } as const;
    expect(mayDo({ ...actor, roles: [] }, 'read')).toBe(false);
    expect(mayDo({ ...actor, roles: ['dba'] }, 'read')).toBe(true);
    expect(mayDo({ ...actor, roles: ['dba'] }, 'propose')).toBe(false);
    expect(mayDo({ ...actor, roles: ['operator'] }, 'propose')).toBe(true);
    expect(mayDo({ ...actor, roles: ['operator'] }, 'decide')).toBe(false);
    expect(mayDo({ ...actor, roles: ['approver'] }, 'decide')).toBe(true);
  });

  it('of what tells of alerts end with that: it may not even read', () => {
    const source = actorOfSource({ source: 'alertmanager', name: 'Alertmanager' });
    expect(mayDo(source, 'alert')).toBe(true);
    for (const right of ['read', 'propose', 'decide', 'administer', 'account'] as const) {
      expect(mayDo(source, right), right).toBe(false);
    }
    expect(mayDo({ ...source, kind: 'person' }, 'alert')).toBe(false);
  });
});
