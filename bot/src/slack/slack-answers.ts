import { z } from 'zod';
import type { SlackChannel, SlackUser } from './slack-api.ts';

/** What the bot reads of Slack's answers: what is used, the rest ignored. */
const truth = z.boolean().catch(false);

const Member = z.looseObject({
  id: z.string(),
  team_id: z.string().catch(''),
  name: z.string().catch(''),
  real_name: z.string().catch(''),
  deleted: truth,
  is_bot: truth,
  is_restricted: truth,
  is_ultra_restricted: truth,
  is_stranger: truth,
  is_workflow_bot: truth,
  is_email_confirmed: truth,
  enterprise_user: z
    .looseObject({ enterprise_id: z.string().catch(''), teams: z.array(z.string()).catch([]) })
    .optional()
    .catch(undefined),
  profile: z
    .looseObject({ display_name: z.string().catch(''), real_name: z.string().catch(''), email: z.string().catch('') })
    .catch({ display_name: '', real_name: '', email: '' }),
});

/** Of `users.info`. Throws when it is not one. */
export function userIn(answer: unknown): SlackUser {
  const { user } = z.looseObject({ user: Member }).parse(answer);
  const name =
    [user.profile.display_name, user.profile.real_name, user.real_name, user.name].find((one) => one !== '') ?? user.id;
  const enterprise = user.enterprise_user?.enterprise_id ?? '';
  return {
    id: user.id,
    team: user.team_id,
    name: name.slice(0, 100),
    isBot: user.is_bot || user.is_workflow_bot || user.id === 'USLACKBOT',
    isGuest: user.is_restricted || user.is_ultra_restricted,
    isStranger: user.is_stranger,
    isDeactivated: user.deleted,
    email: user.profile.email,
    isEmailConfirmed: user.is_email_confirmed,
    ...(enterprise === '' ? {} : { enterprise, teams: user.enterprise_user?.teams ?? [] }),
  };
}

const Conversation = z.looseObject({
  id: z.string(),
  name: z.string().catch(''),
  is_member: truth,
  is_archived: truth,
  is_ext_shared: truth,
  is_pending_ext_shared: truth,
  pending_shared: z.array(z.unknown()).catch([]),
  is_im: truth,
});

/** Of `conversations.info`. */
export function channelIn(answer: unknown): SlackChannel {
  const { channel } = z.looseObject({ channel: Conversation }).parse(answer);
  return {
    id: channel.id,
    name: channel.name,
    isMember: channel.is_member || channel.is_im,
    isArchived: channel.is_archived,
    isShared: channel.is_ext_shared || channel.is_pending_ext_shared || channel.pending_shared.length > 0,
    isDirectMessage: channel.is_im,
  };
}

const Posted = z.looseObject({
  channel: z.string(),
  ts: z.string(),
  message: z.looseObject({ thread_ts: z.string().optional() }).optional(),
});

/** Of a post: where it stands, and in which thread. */
export function postedIn(answer: unknown): {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
} {
  const { channel, ts, message } = Posted.parse(answer);
  return { channel, ts, threadTs: message?.thread_ts ?? '' };
}

const History = z.looseObject({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        metadata: z
          .looseObject({
            event_type: z.string().catch(''),
            event_payload: z.looseObject({ key: z.string().catch('') }).catch({ key: '' }),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
});

/** Of a history: the `ts` of the message that the bot gave this key. */
export function keyedIn(answer: unknown, type: string, key: string): string | undefined {
  return History.parse(answer).messages.find(
    ({ metadata }) => metadata?.event_type === type && metadata.event_payload.key === key,
  )?.ts;
}

const Paged = z.looseObject({
  response_metadata: z.looseObject({ next_cursor: z.string().catch('') }).catch({ next_cursor: '' }),
});

/** Of an answer in pages: what the next one is asked by; empty: it is the last. */
export function nextPageIn(answer: unknown): string {
  return Paged.safeParse(answer).data?.response_metadata.next_cursor ?? '';
}

export function viewIn(answer: unknown): { readonly id: string; readonly hash: string } {
  const { view } = z.looseObject({ view: z.looseObject({ id: z.string(), hash: z.string().catch('') }) }).parse(answer);
  return { id: view.id, hash: view.hash };
}
