import type { InboundEvent } from '@autodevops/domain/ports/bot-store';
import type { Registry } from '../handling/registry.ts';
import type { Allowance } from './arrival-limit.ts';
import type { Inbound } from './inbound.ts';

export interface SheddingChoice {
  readonly registry: Registry;
  /** Of one person, and of a whole workspace. */
  readonly allow: (key: string) => Allowance;
  readonly allowWorkspace: (key: string) => Allowance;
  readonly now: () => Date;
  /** `accepted`, `repeated`, `limited`, `unknown`, `refused`. */
  readonly count: (outcome: string, kind: string) => void;
}

/** What people get by themselves when they are over their limit: the worker tells it. */
export const overLimit = 'limit.reached';

function eventOf(inbound: Inbound, now: Date, handler = inbound.handler): InboundEvent {
  const { id, origin, payload } = inbound;
  return {
    id,
    handler,
    app: origin.app,
    team: origin.team === '' ? origin.enterprise : origin.team,
    receivedAt: now.toISOString(),
    payload,
  };
}

/** What is counted together: what people do with the bot, what they say to it, and what they say to each other beside it. */
function countedAs({ kind, handler }: Inbound, registry: Registry): string {
  if (kind !== 'event') return 'done';
  return registry.find(handler)?.refusesQuietly === true ? 'overheard' : 'said';
}

/** What people press and send is held to their own limit alone: a colleague's flood takes no Approve from anybody. */
const ofWorkspace: readonly Inbound['kind'][] = ['command', 'event'];

function allowanceOf(
  { kind, origin: { app, team, user } }: Inbound,
  counted: string,
  { allow, allowWorkspace }: SheddingChoice,
): Allowance {
  if (user === '') return 'within';
  const own = allow(`${app}/${team}/${user}/${counted}`);
  return own === 'within' && ofWorkspace.includes(kind) ? allowWorkspace(`${app}/${team}/${counted}`) : own;
}

/** What says itself, in Slack's own answer, that it is too much. */
const saysSo: readonly Inbound['kind'][] = ['command', 'view'];

/** What is to be kept of it; `shed`: nothing, it is more than is worked on. Of what does not say so itself the first is told. */
export function limited(inbound: Inbound, choice: SheddingChoice): InboundEvent | 'shed' {
  const { registry, count, now } = choice;
  const { kind } = inbound;
  const counted = countedAs(inbound, registry);
  const allowance = allowanceOf(inbound, counted, choice);
  if (allowance === 'within') return eventOf(inbound, now());
  count('limited', kind);
  return allowance === 'over' || saysSo.includes(kind) || counted === 'overheard'
    ? 'shed'
    : eventOf(inbound, now(), overLimit);
}
