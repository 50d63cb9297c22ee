import { z } from 'zod';

/** What somebody wrote, with its envelope. https://docs.slack.dev/apis/events-api/#callback-field */
export const TalkEvent = z.object({
  event: z.object({
    user: z.string().max(40),
    text: z.string().max(40_000).default(''),
    ts: z.string().max(40),
    thread_ts: z.string().max(40).optional(),
    channel: z.string().max(40),
  }),
  /** The bot itself, in whose name the event is seen. */
  authorizations: z
    .array(z.object({ user_id: z.string().max(40).default(''), is_bot: z.boolean().default(false) }))
    .default([]),
});
export type TalkEvent = Readonly<z.output<typeof TalkEvent>>;

/** The thread that an answer goes into: the one it was asked in, or one beneath the question. */
export interface TalkPlace {
  readonly channel: string;
  readonly threadTs: string;
}

export function placeOf({ event: { channel, ts, thread_ts: thread } }: TalkEvent): TalkPlace {
  return { channel, threadTs: thread ?? ts };
}

/** The bot's own user; empty where Slack does not say. */
export function botUserOf({ authorizations }: TalkEvent): string {
  return (authorizations.find((one) => one.is_bot) ?? authorizations[0])?.user_id ?? '';
}
