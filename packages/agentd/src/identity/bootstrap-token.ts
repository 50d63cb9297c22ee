import { z } from 'zod';
import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { NewOutboxEvent, Store } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { hashOf, isOfHash, issueToken, randomToken } from './access-token.ts';

/**
 * An agent that knows nobody cannot be told by anybody who administers it. So whoever holds its store, or the Secret
 * that its configuration names, makes a token for exactly one thing: to link the first administrator. It holds for
 * minutes, works once, and not at all where somebody administers the agent already, unless the glass is broken for it.
 */
const Offer = z.strictObject({
  hash: z.string(),
  from: z.enum(['command', 'file']),
  offeredAt: z.string(),
  expiresAt: z.string(),
  brokenGlass: z.string().describe('why it may be used although somebody administers the agent; empty: it may not'),
  endedAt: z.string().describe('when it was used or replaced; empty while it waits'),
});
type Offer = z.infer<typeof Offer>;

export type BootstrapStore = Pick<Store, 'people' | 'settings' | 'audit'>;

const setting = 'bootstrap-tokens';
const prefix = 'adb_';
/** Ended ones are remembered, so that the same Secret is never taken up twice. */
const mostRemembered = 200;
const rights = ['admin'];

async function administers({ people }: BootstrapStore): Promise<Person | undefined> {
  return (await people.list()).find(({ roles }) => roles.includes('admin'));
}

/** Whether nobody can administer the agent. */
export async function isWithoutAdmin(store: BootstrapStore): Promise<boolean> {
  return (await administers(store)) === undefined;
}

/** Throws `store.corrupt` for what cannot be understood: then no token is good. */
function readOffers(stored: unknown): readonly Offer[] {
  const read = z.array(Offer).safeParse(stored ?? []);
  if (read.success) return read.data;
  throw new AutoDevOpsError(
    'store.corrupt',
    'What is stored about bootstrap tokens cannot be read, so none is accepted.',
    'Restore the store from a backup.',
  );
}

function entryOf(
  code: AuditEntry['code'],
  actor: Actor,
  now: number,
  says: string,
  details: AuditEntry['details'] = {},
): AuditEntry {
  return {
    code,
    time: new Date(now).toISOString(),
    actor,
    onBehalfOf: '',
    subject: 'bootstrap-token',
    success: true,
    says,
    details,
  };
}

/** For those who administer the agent already: they are to hear of it at once. */
function newsOf(topic: string, says: string, now: number): NewOutboxEvent {
  return { time: new Date(now).toISOString(), topic, subject: 'bootstrap-token', data: { says } };
}

export interface OfferWanted {
  readonly from: Offer['from'];
  /** What a person wrote into a Secret; one is made when absent. */
  readonly token?: string;
  readonly milliseconds: number;
  /** Why it may be used although somebody administers the agent; empty: it may not. */
  readonly brokenGlass: string;
  readonly actor: Actor;
  readonly now: number;
}

export interface Offered {
  readonly token: string;
  readonly expiresAt: string;
}

function beside(offers: readonly Offer[], endedAt: string): readonly Offer[] {
  return offers.map((one) => (one.endedAt === '' ? { ...one, endedAt } : one)).slice(-mostRemembered);
}

/**
 * Makes a bootstrap token, in place of any that waits. Throws `change.not-allowed` where somebody administers the agent,
 * and `change.wrong-state` for a token that was offered before.
 */
export async function offerBootstrapToken(
  store: BootstrapStore,
  { from, token = randomToken(prefix), milliseconds, brokenGlass, actor, now }: OfferWanted,
): Promise<Offered> {
  const admin = await administers(store);
  if (admin !== undefined && brokenGlass === '') {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `${admin.name} administers this agent already.`,
      remedy`Ask for a token there (${{ do: 'make-token' }}), or break the glass: ${{ do: 'make-first-token', brokenGlass: true }}.`,
    );
  }
  const [offeredAt, expiresAt] = [now, now + milliseconds].map((time) => new Date(time).toISOString()) as [
    string,
    string,
  ];
  const made: Offer = { hash: hashOf(token), from, offeredAt, expiresAt, brokenGlass, endedAt: '' };
  const says = `${actor.name} made a bootstrap token until ${expiresAt}${brokenGlass === '' ? '.' : `, with broken glass: ${brokenGlass}`}`;
  await changeSetting(store.settings, setting, (stored) => {
    const offers = readOffers(stored);
    if (offers.some(({ hash }) => hash === made.hash)) {
      throw new AutoDevOpsError(
        'change.wrong-state',
        'This bootstrap token was offered before.',
        'Each is good once, and for a short while; write another.',
      );
    }
    return {
      value: [...beside(offers, offeredAt), made],
      audit: [entryOf('TOK003', actor, now, says, { from, expiresAt, brokenGlass })],
      outbox: [newsOf('bootstrap.made', says, now)],
    };
  });
  return { token, expiresAt };
}

export interface Claim {
  readonly token: string;
  /** Who is the first administrator. */
  readonly person: Pick<Person, 'id' | 'name'>;
  readonly account: string;
  /** Of the token that is given in return. */
  readonly milliseconds: number;
  readonly now: number;
}

function notGood(why: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'agent.unauthorized',
    `The bootstrap token is not accepted: ${why}.`,
    remedy`Make a new one where the agent's store is, with ${{ do: 'make-first-token', brokenGlass: false }}.`,
  );
}

/** What is wrong with an offer whose token somebody really has. */
function faultOf(
  { endedAt, expiresAt, brokenGlass }: Offer,
  admin: Person | undefined,
  now: number,
): string | undefined {
  if (endedAt !== '') return 'it was used or replaced';
  if (Date.parse(expiresAt) <= now) return 'it has expired';
  return admin === undefined || brokenGlass !== '' ? undefined : 'somebody administers this agent already';
}

async function refuse(store: BootstrapStore, actor: Actor, now: number, why: string): Promise<never> {
  const error = notGood(why);
  await store.audit.append([
    { ...entryOf('DNY001', actor, now, error.message, { error: error.code }), success: false },
  ]);
  throw error;
}

function claimant({ account, person }: Claim): Actor {
  return { kind: 'person', account, person: '', name: person.name, roles: [], surface: 'http' };
}

/** Uses the token up before anything comes of it: whoever is second, in whichever process, gets nothing. */
async function useUp(store: BootstrapStore, claim: Claim, actor: Actor): Promise<void> {
  const { token, now, account } = claim;
  const offers = readOffers(await store.settings.get(setting));
  const offer = offers.find(({ hash }) => isOfHash(token, hash));
  // What nobody ever made is not written down: anybody can send that, as often as he likes.
  if (offer === undefined) throw notGood('nobody made it');
  const fault = faultOf(offer, await administers(store), now);
  if (fault !== undefined) return await refuse(store, actor, now, fault);
  const taken =
    (await store.people.byAccount(account)) ?? (await store.people.list()).find(({ id }) => id === claim.person.id);
  if (taken !== undefined) {
    throw new AutoDevOpsError(
      'usage',
      `${taken.name} (${taken.id}) has that id or the account ${account}.`,
      'Claim it for another account and id; the token is not used up.',
    );
  }
  const endedAt = new Date(now).toISOString();
  const used = offers.map((one) => (one === offer ? { ...one, endedAt } : one));
  const says = `${actor.name} used the bootstrap token for ${account}.`;
  await store.settings.swap(
    setting,
    offers,
    used,
    [entryOf('TOK004', actor, now, says, { account, brokenGlass: offer.brokenGlass })],
    [newsOf('bootstrap.used', says, now)],
  );
}

/**
 * Links the first administrator, and gives a token of that account. Throws `agent.unauthorized` for a token that is not
 * good (any more), `store.conflict` for who came second at the same moment.
 */
export async function claimAgent(
  store: BootstrapStore,
  claim: Claim,
): Promise<{ readonly person: Person; readonly token: string; readonly expiresAt: string }> {
  const { account, milliseconds, now } = claim;
  const actor = claimant(claim);
  await useUp(store, claim, actor);
  const person: Person = { ...claim.person, accounts: [account], roles: rights };
  await store.people.put(person, {
    ...entryOf('PPL001', actor, now, `${person.name} was linked to ${account} as the first administrator.`),
    subject: person.id,
  });
  const audit = {
    ...entryOf('TOK001', actor, now, `A token for ${account} was made with the bootstrap token.`),
    subject: account,
  };
  const token = await issueToken(store.settings, { account, name: person.name, by: account, milliseconds, now, audit });
  return { person, token, expiresAt: new Date(now + milliseconds).toISOString() };
}
