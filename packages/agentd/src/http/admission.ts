import type { Context } from 'hono';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { rights } from '../contract/endpoint.ts';
import type { Needed, Right, Shown } from '../contract/endpoint.ts';
import type { Arrival, Identified } from '../identity/identify.ts';
import type { RateLimit } from './rate-limit.ts';

/** What whoever carries a request says of it, as Hono's environment; nothing for one that came over no network. */
export interface Way extends Pick<Arrival, 'overNetwork'> {
  /** Known already: the request was made inside of this process for somebody who showed at the door who he is. */
  readonly actor?: Actor;
  /** No more than this right is given on this way, whoever it is. */
  readonly atMost?: Right;
}

export interface AdmissionChoice {
  /** Who calls; throws `agent.unauthorized`. Looks at headers and at nothing of the body. */
  readonly identify: (headers: Headers, arrival: Arrival) => Promise<Identified>;
  readonly mayDo: (actor: Actor, right: Shown) => boolean;
  /** Names by which this server may be called; empty: any. A page of a browser cannot get past it by another name. */
  readonly hosts: readonly string[];
  /** Writes down that somebody who is known was refused, and throws that. */
  readonly deny: (error: AutoDevOpsError, actor: Actor, right: Needed) => Promise<never>;
  readonly limit: RateLimit;
  /** Of what tells of alerts: a storm is not a mistake of who tells of it. */
  readonly alertLimit: RateLimit;
  readonly now: () => number;
  /** Aborted when the server ends: nothing new is begun, and streams break off. */
  readonly ending: AbortSignal;
}

/** Whoever asks for what needs no right; all of them together have one share of the agent's time. */
const anybody: Actor = {
  kind: 'person',
  account: 'anybody:',
  person: '',
  name: 'Somebody',
  roles: [],
  surface: 'http',
};

/** Throws `agent.unauthorized` for a request that a page of a browser has made, or by another name than ours. */
export function checkHost(context: Context, hosts: readonly string[]): void {
  // A request that came over no network has its host in the address only.
  const host = (context.req.header('host') ?? new URL(context.req.url).host).replace(/:\d+$/, '');
  if (hosts.length > 0 && !hosts.includes(host)) {
    throw new AutoDevOpsError(
      'agent.unauthorized',
      'This agent is not called by that name.',
      `Call it by ${hosts[0]}.`,
    );
  }
  if (context.req.header('origin') !== undefined) {
    throw new AutoDevOpsError(
      'agent.unauthorized',
      'This agent does not answer pages of a browser.',
      'Use the command line, the extension or the bot.',
    );
  }
}

async function callerOf({ identify }: AdmissionChoice, right: Needed, context: Context): Promise<Identified> {
  if (right === 'nobody') return { actor: anybody };
  const way = context.env as Way | undefined;
  if (way?.actor !== undefined) return { actor: way.actor };
  return await identify(context.req.raw.headers, { right, overNetwork: way?.overNetwork === true });
}

/** What of the ordered rights it is like, for a way that is narrowed: nobody's accounts change by way of an assistant. */
function asRight(right: Shown): Right {
  if (right === 'alert') return 'propose';
  return right === 'account' ? 'administer' : right;
}

function isAllowed({ mayDo }: AdmissionChoice, actor: Actor, right: Needed, atMost: Right = 'administer'): boolean {
  if (right === 'nobody') return true;
  return mayDo(actor, right) && rights.indexOf(asRight(right)) <= rights.indexOf(atMost);
}

/** Who calls, if he may. Throws `agent.unauthorized`, `agent.busy`, `change.not-allowed`, and `store.unavailable` at the end. */
export async function admitted(choice: AdmissionChoice, right: Needed, context: Context): Promise<Identified> {
  checkHost(context, choice.hosts);
  const identified = await callerOf(choice, right, context);
  const { actor } = identified;
  const wait = (right === 'alert' ? choice.alertLimit : choice.limit).take(actor.account, choice.now());
  // Alertmanager tries again after a 5xx and after nothing else.
  if (wait !== undefined && right === 'alert') {
    throw new AutoDevOpsError('store.unavailable', 'Too many notices at once.', `Try again in ${wait} s.`);
  }
  if (wait !== undefined) {
    throw new AutoDevOpsError(
      'agent.busy',
      `Too many requests of ${actor.account} at once.`,
      `Try again in ${wait} s.`,
    );
  }
  if (!isAllowed(choice, actor, right, (context.env as Way | undefined)?.atMost)) {
    return await choice.deny(
      new AutoDevOpsError(
        'change.not-allowed',
        `${actor.name} may not ${right} here.`,
        'Ask who administers this agent for the role.',
      ),
      actor,
      right,
    );
  }
  if (choice.ending.aborted) {
    throw new AutoDevOpsError('store.unavailable', 'The agent is ending.', 'Try again in some seconds.');
  }
  return identified;
}
