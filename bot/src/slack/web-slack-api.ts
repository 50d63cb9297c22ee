import type { Lane } from '@autodevops/domain/ports/bot-store';
import { answerAt, answerBody } from './answer-url.ts';
import { postedFinder } from './find-posted.ts';
import type { KnownForAWhile } from './known-for-a-while.ts';
import { messageMetadata } from './message-metadata.ts';
import { channelIn, postedIn, userIn, viewIn } from './slack-answers.ts';
import type { MessageRef, Posting, SlackApi, SlackChannel, SlackUser } from './slack-api.ts';
import { SlackFailure } from './slack-failure.ts';
import type { WebCalls } from './web-calls.ts';
import { webStream } from './web-stream.ts';
import type { StreamChoice } from './web-stream.ts';

export interface WebSlackChoice {
  readonly calls: WebCalls;
  readonly slackApi: string;
  readonly users: KnownForAWhile<SlackUser>;
  readonly channels: KnownForAWhile<SlackChannel>;
  readonly pace: StreamChoice['pace'];
}

/** How long what Slack says of a person or a channel is believed, in milliseconds. */
const userAge = 300_000;
const channelAge = 60_000;

/** `chat.update` takes no more than what is to be seen. */
function withoutPostOnly(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { unfurl_links: _links, unfurl_media: _media, ...rest } = content;
  return rest;
}

async function post(
  { calls }: WebSlackChoice,
  { channel, threadTs, key, content }: Posting,
  lane: Lane,
  signal: AbortSignal,
): Promise<MessageRef> {
  const args = {
    unfurl_links: false,
    unfurl_media: false,
    ...content,
    channel,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    metadata: messageMetadata(key),
  };
  const posted = postedIn(await calls.call('chat.postMessage', args, { lane, channel, signal }));
  if (threadTs === undefined || posted.threadTs === threadTs) return { channel: posted.channel, ts: posted.ts };
  // Where the parent is gone Slack posts into the channel instead, for all to see, and says nothing.
  await calls
    .call('chat.delete', { channel: posted.channel, ts: posted.ts }, { lane, channel, signal })
    .catch(() => {});
  throw new SlackFailure('refused', 'thread_is_gone');
}

/** Views: forms and the home page. */
function viewCalls({ calls }: WebSlackChoice): Pick<SlackApi, 'openView' | 'updateView' | 'publishHome'> {
  return {
    openView: async (trigger, view, signal) =>
      viewIn(await calls.call('views.open', { trigger_id: trigger, view }, { lane: 'interactive', signal })),
    updateView: async ({ id, hash }, view, signal) =>
      void (await calls.call(
        'views.update',
        { view_id: id, ...(hash === undefined ? {} : { hash }), view },
        { lane: 'interactive', signal },
      )),
    publishHome: async (user, view, signal) =>
      void (await calls.call('views.publish', { user_id: user, view }, { lane: 'interactive', signal })),
  };
}

/** What Slack has for agents: answers that grow, that one is worked on, what may be asked. */
function agentCalls(choice: WebSlackChoice): Pick<SlackApi, 'stream' | 'showAtWork' | 'suggestPrompts'> {
  const { calls } = choice;
  return {
    stream: (to, signal) => webStream({ calls, to, signal, pace: choice.pace }),
    showAtWork: async ({ channel, threadTs, user }, isAtWork, signal) =>
      void (await calls.call(
        'agents.sessions.setStatus',
        {
          channel_id: channel,
          thread_ts: threadTs,
          ...(isAtWork ? { status: 'processing', initiator_user_id: user } : { status: 'active' }),
        },
        { lane: 'interactive', channel, signal },
      )),
    suggestPrompts: async (channel, prompts, signal) =>
      void (await calls.call(
        'assistant.threads.setSuggestedPrompts',
        { channel_id: channel, prompts },
        { lane: 'interactive', channel, signal },
      )),
  };
}

function knownCalls({ calls, users, channels }: WebSlackChoice): Pick<SlackApi, 'user' | 'channel' | 'permalink'> {
  return {
    user: async (id, { isFresh }, signal) =>
      await users.get(id, isFresh === true ? 0 : userAge, async () =>
        userIn(await calls.call('users.info', { user: id }, { lane: 'interactive', signal })),
      ),
    channel: async (id, signal) =>
      await channels.get(id, channelAge, async () =>
        channelIn(await calls.call('conversations.info', { channel: id }, { lane: 'interactive', signal })),
      ),
    permalink: async ({ channel, ts }, signal) =>
      String(
        (await calls.call('chat.getPermalink', { channel, message_ts: ts }, { lane: 'interactive', channel, signal }))[
          'permalink'
        ] ?? '',
      ),
  };
}

/** Slack's Web API as the bot uses it. */
export function webSlackApi(choice: WebSlackChoice): SlackApi {
  const { calls } = choice;
  return {
    post: async (posting, lane, signal) => await post(choice, posting, lane, signal),
    update: async ({ channel, ts }, content, lane, signal) =>
      void (await calls.call('chat.update', { ...withoutPostOnly(content), channel, ts }, { lane, channel, signal })),
    findPosted: postedFinder(calls),
    whisper: async ({ channel, user, threadTs }, { text, blocks }, signal) =>
      void (await calls.call(
        'chat.postEphemeral',
        { channel, user, text, blocks, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) },
        { lane: 'interactive', channel, signal },
      )),
    respond: async (url, message, signal) =>
      await answerAt(url, answerBody(message), { slackApi: choice.slackApi, signal }),
    unfurl: async ({ channel, ts }, unfurls, signal) =>
      void (await calls.call('chat.unfurl', { channel, ts, unfurls }, { lane: 'interactive', channel, signal })),
    upload: async ({ channel, threadTs, name, title, ...held }, signal) => {
      const content = 'png' in held ? { file: Buffer.from(held.png), alt_text: held.altText } : { content: held.text };
      const place = { lane: 'stream', channel, signal } as const;
      const where = threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
      await calls.several(
        'files.getUploadURLExternal',
        place,
        async (client, token) => await client.filesUploadV2({ ...where, filename: name, title, ...content, token }),
      );
    },
    ...viewCalls(choice),
    ...agentCalls(choice),
    ...knownCalls(choice),
  };
}
