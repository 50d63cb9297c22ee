import { randomUUID } from 'node:crypto';
import { signAssertion } from '@autodevops/agentd/assertion';
import { agentClient } from '@autodevops/agentd/client';
import type { AgentClient } from '@autodevops/agentd/client';
import type { EndpointName } from '@autodevops/agentd/endpoints';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotCustomer } from '../configuration/bot-configuration.ts';
import type { Secrets } from '../configuration/secret-source.ts';
import type { AgentWay } from './agent-way.ts';

/** In whose name the agent is asked. */
export interface Asker {
  /** `slack:T…/U…` */
  readonly account: string;
  readonly name: string;
  /** Roles that the bot itself vouches for: none for people, `viewer` for its own looking. */
  readonly roles: readonly string[];
  /** The address by which his account is to be linked: said where he asks for that, and nowhere else. */
  readonly email?: string | undefined;
}

/** The customers' agents. What is made for one customer reaches no other. */
export interface Customers {
  readonly names: readonly string[];
  /** In a person's name; `keys` makes the idempotency keys of calls that write. Throws `config.invalid` for an unknown customer. */
  readonly agentFor: (customer: string, asker: Asker, keys: (endpoint: string) => string) => AgentClient;
  /** By which addresses a customer lets accounts be linked; undefined: by none. */
  readonly emailRuleOf: (customer: string) => BotCustomer['linkByEmail'];
  /** In the bot's own name: it may look, and no more. */
  readonly watcherOf: (customer: string) => AgentClient;
}

export interface CustomersChoice {
  readonly customers: readonly BotCustomer[];
  readonly wayOf: (customer: BotCustomer) => Promise<AgentWay>;
  readonly secrets: Secrets;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const watcher: Asker = { account: 'slack:bot', name: 'Slack', roles: ['viewer'] };
/** Milliseconds of one attempt of one call. */
const longest = 60_000;

/** Every request says who asks, also over a socket: without that, the agent would take the bot for its own user. */
function tokenOf(
  { name: customer, issuer }: BotCustomer,
  { account, name, roles, email }: Asker,
  { secrets, now }: CustomersChoice,
): () => Promise<string> {
  return async () =>
    await signAssertion(await secrets.read(issuer.key), {
      issuer: issuer.name,
      audience: customer,
      account,
      name: name.slice(0, 200),
      roles,
      email,
      id: randomUUID(),
      now: now(),
    });
}

/** A client whose writing calls get their keys by the name of what they call. */
function keyedClient(
  choice: Omit<Parameters<typeof agentClient>[0], 'newKey'>,
  keys: (endpoint: string) => string,
): AgentClient {
  const made = new Map<EndpointName, unknown>();
  return new Proxy({} as AgentClient, {
    get: (_target, property) => {
      // What awaits an object asks it for `then`.
      if (typeof property !== 'string' || property === 'then') return undefined;
      const name = property as EndpointName;
      const method = made.get(name) ?? agentClient({ ...choice, newKey: () => keys(name) })[name];
      made.set(name, method);
      return method;
    },
  });
}

/** By its copy: nothing but a Request holds what aborts it, and a copy is aborted by its original. */
const originals = new WeakMap<Request, Request>();

/** The same request to another address; what aborts the original aborts it, for as long as it lives. */
function copyOf(request: Request, address: string): Request {
  const copy = new Request(address, request);
  originals.set(copy, request);
  return copy;
}

export function customersOf(choice: CustomersChoice): Customers {
  const byName = new Map(choice.customers.map((customer) => [customer.name, customer]));
  const ways = new Map<string, Promise<AgentWay>>();
  const wayTo = async (customer: BotCustomer): Promise<AgentWay> => {
    const way = ways.get(customer.name) ?? choice.wayOf(customer);
    ways.set(customer.name, way);
    return await way.catch((error: unknown) => {
      ways.delete(customer.name);
      throw error;
    });
  };
  const agentFor: Customers['agentFor'] = (name, asker, keys) => {
    const customer = byName.get(name);
    if (customer === undefined) {
      throw new AutoDevOpsError(
        'config.invalid',
        "The customer of this workspace is not in the bot's configuration any more.",
        'Tell who runs the bot.',
      );
    }
    const carried = async (request: Request): Promise<Response> => {
      const way = await wayTo(customer);
      const { pathname, search } = new URL(request.url);
      return await way.fetch(copyOf(request, `${way.address}${pathname}${search}`));
    };
    return keyedClient(
      {
        address: 'http://localhost',
        fetch: carried,
        token: tokenOf(customer, asker, choice),
        wait: choice.wait,
        longest,
      },
      keys,
    );
  };
  return {
    names: [...byName.keys()],
    agentFor,
    emailRuleOf: (name) => byName.get(name)?.linkByEmail,
    watcherOf: (name) => agentFor(name, watcher, () => `bot-${randomUUID()}`),
  };
}
