import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Actor } from '@autodevops/domain/change/actor';
import type { People, Settings } from '@autodevops/domain/ports/store';
import type { Shown } from '../contract/endpoint.ts';
import { hashOf, isOfHash, ownerOfToken } from './access-token.ts';
import { readAssertion } from './assertion.ts';
import type { AssertionChoice } from './assertion.ts';
import { actorOf, alertSource } from './person-actor.ts';

export interface IdentityChoice extends AssertionChoice {
  readonly people: People;
  readonly settings: Settings;
  /** Whoever can open the socket of a local agent is this user, over TCP nobody is; undefined where everybody has to show who he is. */
  readonly localUser: string | undefined;
  /** The token by which monitoring tells of alerts, as it is now; absent: there is none. */
  readonly alertToken?: () => Promise<string | undefined>;
}

const everything = ['admin', 'approver', 'operator', 'viewer'];

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

const alertmanager: Actor = { kind: 'automation', account: 'alertmanager:webhook', person: '', name: 'Alertmanager', roles: [alertSource], surface: 'http' };

/** Compared in constant time. */
async function isAlertSource(credential: string, { alertToken }: IdentityChoice): Promise<boolean> {
  const token = await alertToken?.();
  return token !== undefined && isOfHash(credential, hashOf(token));
}

/** Who calls, by the Authorization header, or by the socket that only one user can open. Throws `agent.unauthorized`. */
export function identifier(choice: IdentityChoice): (headers: Headers, arrival: Arrival) => Promise<Actor> {
  return async (headers, arrival) => {
    const [scheme = '', credential = ''] = (headers.get('authorization') ?? '').split(' ');
    if (scheme === '' && choice.localUser !== undefined && !arrival.overNetwork) return await localActor(choice.localUser, choice, arrival);
    if (scheme !== 'Bearer') throw new AutoDevOpsError('agent.unauthorized', 'The request does not say who asks.', 'Send a token as bearer (the command line takes it from AUTODEVOPS_TOKEN); `autodevops people token` makes one.');
    if (arrival.right === 'alert' && (await isAlertSource(credential, choice))) return alertmanager;
    if (credential.split('.').length === 3) {
      const { account, name, surface, roles } = await readAssertion(credential, choice);
      return await actorOf({ account, name, surface, unlinkedRoles: [], vouchedRoles: roles }, choice.people);
    }
    const owner = await ownerOfToken(choice.settings, credential, choice.now());
    if (owner === undefined) throw new AutoDevOpsError('agent.unauthorized', 'The token is not valid, or has ended.', 'Get a new one with `autodevops people token`.');
    return await actorOf({ account: owner.account, name: owner.name, surface: 'http', unlinkedRoles: [] }, choice.people);
  };
}
