import type { BotStore, InboundEvent } from '@autodevops/domain/ports/bot-store';
import type { Surroundings } from '../handling/handler.ts';
import type { Draw } from '../drawing/drawing.ts';
import { fakeAgent } from './fake-agent.ts';
import type { FakeAgent } from './fake-agent.ts';
import { fakeSlack, slackUser } from './fake-slack.ts';
import type { FakeSlack } from './fake-slack.ts';

export interface Scene {
  readonly surroundings: Surroundings;
  readonly slack: FakeSlack;
  readonly agent: FakeAgent;
  readonly logged: readonly string[];
}

export interface SceneChoice {
  readonly agent?: FakeAgent;
  readonly slack?: FakeSlack;
  /** The memory store of the testkit where a handler keeps something; without it, touching the store fails. */
  readonly store?: BotStore;
  /** Without it nothing can be drawn. */
  readonly draw?: Draw;
  readonly event?: Partial<InboundEvent>;
  readonly user?: string;
  /** Of the user, where the customer lets accounts be linked by it. */
  readonly vouchedEmail?: string;
  /** ISO 8601. */
  readonly now?: string;
}

export function inboundEvent(given: Partial<InboundEvent> = {}): InboundEvent {
  return {
    id: 'Ev1',
    handler: 'command./jamie',
    app: 'A1',
    team: 'T1',
    receivedAt: '2027-01-15T08:00:00.000Z',
    payload: {},
    ...given,
  };
}

const noStore = new Proxy(
  {},
  {
    get: (_target, part) => {
      throw new Error(`the store (${String(part)}) is not part of this test`);
    },
  },
) as BotStore;

const noPictures: Draw = async () => await Promise.reject(new Error('nothing draws here'));

/** What a handler is given, over fakes: customer `acme`, app A1, workspace T1, Ann (U1) acts. */
export function scene(choice: SceneChoice = {}): Scene {
  const slack = choice.slack ?? fakeSlack();
  const agent = choice.agent ?? fakeAgent({});
  const user = choice.user ?? 'U1';
  const logged: string[] = [];
  const surroundings: Surroundings = {
    event: inboundEvent(choice.event),
    customer: 'acme',
    slack: slack.api,
    agent: agent.client,
    actor: {
      user: slackUser({ id: user, name: user === 'U1' ? 'Ann' : user }),
      account: `slack:T1/${user}`,
      vouchedEmail: choice.vouchedEmail,
    },
    store: choice.store ?? noStore,
    draw: choice.draw ?? noPictures,
    now: () => new Date(choice.now ?? '2027-01-15T08:00:00.000Z'),
    signal: new AbortController().signal,
    log: (message) => void logged.push(message),
  };
  return { surroundings, slack, agent, logged };
}
