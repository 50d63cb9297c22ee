import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import type { People, Settings } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Shown } from '../contract/endpoint.ts';
import { hashOf, isOfHash, ownerOfToken } from './access-token.ts';
import { readAssertion } from './assertion.ts';
import type { AssertionChoice } from './assertion.ts';
import { actorOfSource } from './alert-source.ts';
import type { AlertSource } from './alert-source.ts';
import { actorOf } from './person-actor.ts';
import type { UsedAssertions } from './used-assertions.ts';

export interface IdentityChoice extends Omit<AssertionChoice, 'once'> {
  readonly used: Pick<UsedAssertions, 'use'>;
  readonly people: People;
  readonly settings: Settings;
  /** Whoever can open the socket of a local agent is this user, over TCP nobody is; undefined where everybody has to show who he is. */
  readonly localUser: string | undefined;
  /** What tells of alerts, each by a token of its own, as they are now; absent: nothing does. */
  readonly alertSources?: () => Promise<readonly AlertSource[]>;
}

const everything = ['admin', 'approver', 'operator', 'viewer'];

/** Who calls, as he has shown. */
export interface Identified {
  readonly actor: Actor;
  /** The e-mail address of the account that a surface vouches for, where this agent lets it. */
  readonly vouchedEmail?: string;
}

/** Which way a request came, and what it is for. */
export interface Arrival {
  readonly right: Shown;
  /** Over TCP, where anybody of this machine or beyond may knock; false over a socket or inside of a process. */
  readonly overNetwork: boolean;
}

/** The one user who can open the socket. Without its store an agent does not know his roles, so he may look and no more. */
async function localActor(user: string, { people }: IdentityChoice, { right }: Arrival): Promise<Actor> {
  const caller = { account: `local:${user}`, name: user, surface: 'cli' as const };
  return await actorOf({ ...caller, unlinkedRoles: everything }, people).catch((error: unknown) => {
    if (right !== 'read' || !(error instanceof AutoDevOpsError) || !error.code.startsWith('store.')) throw error;
    return { ...caller, kind: 'person' as const, person: '', roles: ['viewer'] };
  });
}

/** The source that shows its token. All are compared, each in constant time. */
async function sourceOf(credential: string, { alertSources }: IdentityChoice): Promise<Actor | undefined> {
  const matching = ((await alertSources?.()) ?? []).filter(({ token }) => isOfHash(credential, hashOf(token)));
  return matching[0] === undefined ? undefined : actorOfSource(matching[0]);
}

/** Who calls, by the Authorization header, or by the socket that only one user can open. Throws `agent.unauthorized`. */
export function identifier(choice: IdentityChoice): (headers: Headers, arrival: Arrival) => Promise<Identified> {
  return async (headers, arrival) => {
    const [scheme = '', credential = ''] = (headers.get('authorization') ?? '').split(' ');
    if (scheme === '' && choice.localUser !== undefined && !arrival.overNetwork) {
      return { actor: await localActor(choice.localUser, choice, arrival) };
    }
    if (scheme !== 'Bearer') {
      throw new AutoDevOpsError(
        'agent.unauthorized',
        'The request does not say who asks.',
        remedy`Send a token as bearer (the command line takes it from AUTODEVOPS_TOKEN); ${{ do: 'make-token' }} makes one, for the first administrator ${{ do: 'make-first-token', brokenGlass: false }}.`,
      );
    }
    const source = arrival.right === 'alert' ? await sourceOf(credential, choice) : undefined;
    if (source !== undefined) return { actor: source };
    if (credential.split('.').length === 3) {
      const { account, name, surface, roles, email } = await readAssertion(credential, {
        ...choice,
        once: async (id, until) => await choice.used.use(id, until, arrival.right),
      });
      const caller = { account, name, surface, unlinkedRoles: [], vouchedRoles: roles };
      return {
        actor: await actorOf(caller, choice.people),
        ...(email === undefined ? {} : { vouchedEmail: email }),
      };
    }
    const owner = await ownerOfToken(choice.settings, credential, choice.now());
    if (owner === undefined) {
      throw new AutoDevOpsError(
        'agent.unauthorized',
        'The token is not valid, or has ended.',
        remedy`Get a new one with ${{ do: 'make-token' }}.`,
      );
    }
    const caller = { account: owner.account, name: owner.name, surface: 'http' as const, unlinkedRoles: [] };
    return { actor: await actorOf(caller, choice.people) };
  };
}
