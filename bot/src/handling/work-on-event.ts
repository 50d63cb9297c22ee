import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore, ClaimedEvent, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { linkedPerson } from '../commands/autodevops/linked-person.ts';
import { callKeys } from '../customers/call-keys.ts';
import type { Customers } from '../customers/customers.ts';
import { vouchedEmail } from '../customers/vouched-email.ts';
import type { Draw } from '../drawing/drawing.ts';
import { originOf } from '../receiving/origin.ts';
import type { Origin } from '../receiving/origin.ts';
import { overLimit } from '../receiving/shedding.ts';
import { refusalMessage } from '../rendering/refusal/refusal-message.ts';
import type { Refusal } from '../rendering/refusal/refusal-message.ts';
import type { SlackApi } from '../slack/slack-api.ts';
import { admit } from './guard.ts';
import type { Handler, Need, SlackActor } from './handler.ts';
import type { Registry } from './registry.ts';
import { tellActor } from './tell.ts';

export interface EventWorkChoice {
  readonly registry: Registry;
  readonly store: BotStore;
  readonly draw: Draw;
  readonly customers: Pick<Customers, 'agentFor' | 'emailRuleOf'>;
  readonly slackOf: (installation: KeptInstallation) => SlackApi;
  readonly forget: (installation: KeptInstallation) => void;
  /** Answers without an installation. */
  readonly respond: SlackApi['respond'];
  readonly now: () => Date;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** What came of an event, for the metrics. */
export type Worked = 'done' | 'refused' | 'ignored';

/** The agent refused somebody whom it does not know: he is told how to be known, rather than what he may not. */
class NotLinked extends Error {
  constructor(cause: AutoDevOpsError) {
    super('the agent knows nobody by this account', { cause });
    this.name = 'NotLinked';
  }
}

interface Scene {
  readonly choice: EventWorkChoice;
  readonly event: ClaimedEvent;
  readonly origin: Origin;
  readonly installation: KeptInstallation;
  readonly slack: SlackApi;
  readonly signal: AbortSignal;
}

async function refuse(refusal: Refusal, scene: Scene): Promise<Worked> {
  const { choice, event, origin, slack, signal } = scene;
  choice.log('somebody was refused', {
    handler: event.handler,
    app: origin.app,
    team: origin.team,
    user: origin.user,
    userTeam: origin.userTeam,
    channel: origin.channel,
    why: refusal,
  });
  await tellActor(refusalMessage(refusal), { origin, event: event.id, slack, respond: choice.respond, signal });
  return 'refused';
}

async function handle(
  handler: Handler,
  payload: unknown,
  { actor, need }: { readonly actor: SlackActor; readonly need: Need },
  { choice, event, installation, slack, signal }: Scene,
): Promise<Worked> {
  const { customer } = installation;
  const agent = choice.customers.agentFor(
    customer,
    {
      account: actor.account,
      name: actor.user.name,
      roles: [],
      ...(need === 'link' ? { email: actor.vouchedEmail } : {}),
    },
    callKeys(event.id),
  );
  await handler
    .handle(payload, {
      event,
      customer,
      slack,
      agent,
      actor,
      store: choice.store,
      draw: choice.draw,
      now: choice.now,
      signal,
      log: choice.log,
    })
    .catch(async (error: unknown) => {
      if (
        error instanceof AutoDevOpsError &&
        error.code === 'change.not-allowed' &&
        (await linkedPerson({ agent, actor, signal })) === undefined
      ) {
        throw new NotLinked(error);
      }
      throw error;
    });
  return 'done';
}

async function byPerson(scene: Scene): Promise<Worked> {
  const { choice, event, origin, installation, slack, signal } = scene;
  if (event.handler === overLimit) return await refuse('too-many', scene);
  const handler = choice.registry.find(event.handler);
  const isClick = event.handler.startsWith('action.') || event.handler.startsWith('shortcut.');
  if (handler === undefined) return isClick ? await refuse('old-button', scene) : 'ignored';
  const read = handler.payload.safeParse(event.payload);
  if (!read.success) {
    choice.log('a payload could not be read', {
      handler: handler.name,
      at: read.error.issues[0]?.path.join('.') ?? '',
    });
    return isClick ? await refuse('old-button', scene) : 'ignored';
  }
  // What the bot writes itself comes back to it as an event.
  if (origin.user === '' || origin.user === installation.botUser) return 'ignored';
  const need = handler.needOf?.(read.data) ?? handler.need;
  const findChannel = async (channel: string): ReturnType<BotStore['channels']['find']> =>
    await choice.store.channels.find(
      installation.app,
      installation.team === '' ? origin.team : installation.team,
      channel,
    );
  const admitted = await admit({
    installation,
    origin,
    need,
    isCommand: event.handler.startsWith('command.'),
    slack,
    findChannel,
    signal,
  });
  const refused = async (why: Refusal): Promise<Worked> =>
    handler.refusesQuietly === true ? 'refused' : await refuse(why, scene);
  if (!('actor' in admitted)) return await refused(admitted.refusal);
  const rule = choice.customers.emailRuleOf(installation.customer);
  const actor = { ...admitted.actor, vouchedEmail: vouchedEmail(admitted.actor.user, rule) };
  try {
    return await handle(handler, read.data, { actor, need }, scene);
  } catch (error) {
    if (!(error instanceof NotLinked)) throw error;
    // Who is about to be linked is told what is wrong with his code, not that he is not linked.
    if (need === 'link') throw error.cause;
    return await refused('not-linked');
  }
}

/** Nobody is known there: whoever used a command or a button is told how it begins. */
async function unknownWorkspace(
  event: ClaimedEvent,
  origin: Origin,
  choice: EventWorkChoice,
  signal: AbortSignal,
): Promise<Worked> {
  choice.log('an event came from a workspace that is not installed', {
    handler: event.handler,
    app: origin.app,
    team: origin.team,
    contradictory: String(origin.isContradictory),
  });
  await tellActor(refusalMessage('unknown-team'), {
    origin,
    event: event.id,
    slack: undefined,
    respond: choice.respond,
    signal,
  });
  return 'refused';
}

/**
 * Works on one event: finds the installation that it names, whose customer is the only one that can be reached then, and
 * lets the handler work for the person who acts, if he is at home there. Throws what failed.
 */
export async function workOnEvent(event: ClaimedEvent, choice: EventWorkChoice, signal: AbortSignal): Promise<Worked> {
  const origin = originOf(event.payload);
  const installation =
    origin.isContradictory || origin.app !== event.app
      ? undefined
      : await choice.store.installations.find(origin.app, origin.team, origin.enterprise);
  if (installation === undefined) return await unknownWorkspace(event, origin, choice, signal);
  const slack = choice.slackOf(installation);
  const scene = { choice, event, origin, installation, slack, signal };
  const ofWorkspace = choice.registry.findWorkspaceEvent(event.handler);
  if (ofWorkspace === undefined) return await byPerson(scene);
  await ofWorkspace.handle({
    event,
    origin,
    installation,
    slack,
    store: choice.store,
    forget: () => choice.forget(installation),
    signal,
    log: choice.log,
  });
  return 'done';
}
