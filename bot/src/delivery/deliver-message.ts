import type { BotStore, KeptInstallation, KeptMessage } from '@autodevops/domain/ports/bot-store';
import type { MessageRef, Posting, SlackApi } from '../slack/slack-api.ts';
import { SlackFailure } from '../slack/slack-failure.ts';

export interface DeliveryChoice {
  readonly store: BotStore;
  readonly slackOf: (installation: KeptInstallation) => SlackApi;
  readonly holder: string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

export type Delivered = 'posted' | 'changed' | 'later' | 'given-up';

/** Nothing that Slack would take otherwise: people have to look at it. */
class Undeliverable extends Error {}

/** Slack does not take this form of the content; its plain text says the same with less. */
const badForm = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'too_many_attachments',
  'invalid_attachments',
  'only_one_table_allowed',
  'no_text',
]);
/** The message is not there any more, so it is posted anew. */
const gone = new Set(['message_not_found', 'message_deleted']);
/** Milliseconds until it is looked whether a suspended channel was opened again. */
const whileSuspended = 60_000;

/** The installation that a message goes by; of an organisation's, its place names only the workspace. */
async function installationOf(
  { place: { app, team }, customer }: KeptMessage,
  { store }: DeliveryChoice,
): Promise<KeptInstallation> {
  const found =
    (await store.installations.find(app, team, '')) ??
    (await store.installations.list()).find((one) => one.app === app && one.team === '' && one.customer === customer);
  if (found === undefined) throw new Undeliverable('the app is not installed there any more');
  if (found.customer !== customer) throw new Undeliverable('the workspace belongs to another customer');
  return found;
}

async function isClosed(
  { place: { app, team, channel }, customer }: KeptMessage,
  { store }: DeliveryChoice,
): Promise<boolean> {
  const kept = await store.channels.find(app, team, channel);
  if (kept !== undefined && kept.customer !== customer) {
    throw new Undeliverable('the channel belongs to another customer');
  }
  return kept?.isSuspended === true;
}

async function postingOf({ key, place, content }: KeptMessage, { store }: DeliveryChoice): Promise<Posting> {
  const parent = place.parent === undefined ? undefined : await store.messages.byKey(place.parent);
  if (place.parent !== undefined && (parent === undefined || parent.ts === '')) {
    throw new Undeliverable('the message that it belongs under is not there');
  }
  const threadTs = parent?.ts ?? place.threadTs;
  return { channel: place.channel, key, content, ...(threadTs === undefined ? {} : { threadTs }) };
}

/** In its plain text where Slack does not take its form: an alert is not lost because of how it looks. */
async function inSomeForm<T>(
  message: KeptMessage,
  choice: DeliveryChoice,
  send: (content: KeptMessage['content']) => Promise<T>,
): Promise<T> {
  try {
    return await send(message.content);
  } catch (error) {
    if (!(error instanceof SlackFailure) || !badForm.has(error.code)) throw error;
    choice.log('Slack does not take the form of a message', {
      key: message.key,
      code: error.code,
      says: typeof error.cause === 'string' ? error.cause : '',
    });
    const text = [...String(message.content['text'] ?? '')].slice(0, 3000).join('');
    return await send({ text: text === '' ? 'This message could not be shown.' : text });
  }
}

async function change(
  at: MessageRef,
  message: KeptMessage,
  slack: SlackApi,
  choice: DeliveryChoice,
  signal: AbortSignal,
): Promise<void> {
  // Who stood still for so long that another took the message would put something older over what that one said.
  await choice.store.messages.sending(message.key, choice.holder);
  await inSomeForm(message, choice, async (content) => await slack.update(at, content, message.lane, signal));
}

/** Posts it, unless an attempt whose answer never came has posted it already. */
async function post(
  message: KeptMessage,
  slack: SlackApi,
  choice: DeliveryChoice,
  { signal, mayStand }: { readonly signal: AbortSignal; readonly mayStand: boolean },
): Promise<MessageRef> {
  const posting = await postingOf(message, choice);
  const found = mayStand ? await slack.findPosted(posting, message.firstWantedAt, signal) : undefined;
  if (found !== undefined) {
    await change(found, message, slack, choice, signal);
    return found;
  }
  await choice.store.messages.sending(message.key, choice.holder);
  return await inSomeForm(
    message,
    choice,
    async (content) => await slack.post({ ...posting, content }, message.lane, signal),
  );
}

async function send(
  message: KeptMessage,
  slack: SlackApi,
  choice: DeliveryChoice,
  signal: AbortSignal,
): Promise<{ readonly ref: MessageRef; readonly outcome: Delivered }> {
  if (message.ts === '') {
    return { ref: await post(message, slack, choice, { signal, mayStand: message.isUncertain }), outcome: 'posted' };
  }
  const at = { channel: message.place.channel, ts: message.ts };
  try {
    await change(at, message, slack, choice, signal);
    return { ref: at, outcome: 'changed' };
  } catch (error) {
    if (!(error instanceof SlackFailure) || !gone.has(error.code)) throw error;
    return { ref: await post(message, slack, choice, { signal, mayStand: true }), outcome: 'posted' };
  }
}

/** Milliseconds: what passes is tried again for as long as it takes, at ever longer intervals. */
function pauseAfter({ attempts }: KeptMessage, failure: SlackFailure | undefined): number {
  return Math.max(
    failure?.retryAfter ?? 0,
    failure?.code === 'ratelimited' ? 100 : Math.min(60_000, 500 * 2 ** Math.min(attempts, 8)),
  );
}

async function afterFailure(message: KeptMessage, error: unknown, choice: DeliveryChoice): Promise<Delivered> {
  const {
    store: { messages },
    holder,
    now,
    log,
  } = choice;
  const failure = error instanceof SlackFailure ? error : undefined;
  const why = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  if (error instanceof Undeliverable || failure?.kind === 'refused') {
    log('a message was given up', { key: message.key, customer: message.customer, why });
    await messages.giveUp(message.key, holder, why);
    return 'given-up';
  }
  const isUncertain = message.isUncertain || failure === undefined || failure.kind === 'uncertain';
  await messages.defer(
    message.key,
    holder,
    new Date(now() + pauseAfter(message, failure)).toISOString(),
    why,
    isUncertain,
  );
  return 'later';
}

/** Brings one claimed message into Slack, or says why and when again. Throws only when the store fails. */
export async function deliverMessage(
  message: KeptMessage,
  choice: DeliveryChoice,
  signal: AbortSignal,
): Promise<Delivered> {
  const {
    store: { messages },
    holder,
    now,
  } = choice;
  try {
    const installation = await installationOf(message, choice);
    if (await isClosed(message, choice)) {
      await messages.defer(
        message.key,
        holder,
        new Date(now() + whileSuspended).toISOString(),
        'the channel is suspended',
        message.isUncertain,
      );
      return 'later';
    }
    const { ref, outcome } = await send(message, choice.slackOf(installation), choice, signal);
    await messages.delivered(message.key, holder, { digest: message.digest, ts: ref.ts });
    return outcome;
  } catch (error) {
    return await afterFailure(message, error, choice);
  }
}
