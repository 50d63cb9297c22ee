import { z } from 'zod';
import { typedText } from '../commands/words/slack-entities.ts';

const text = z.string().max(40_000).default('');

/** What a shortcut of a message brings. https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const MessageShortcut = z.object({
  trigger_id: z.string().max(200),
  response_url: z.url().max(1000),
  channel: z.object({ id: z.string().max(40) }),
  message: z.object({
    text,
    ts: z.string().max(40),
    thread_ts: z.string().max(40).optional(),
    attachments: z
      .array(z.object({ pretext: text, title: text, text, fallback: text }))
      .max(100)
      .default([]),
  }),
});
export type MessageShortcut = Readonly<z.output<typeof MessageShortcut>>;

export const GlobalShortcut = z.object({ trigger_id: z.string().max(200) });
export type GlobalShortcut = Readonly<z.output<typeof GlobalShortcut>>;

/** What a message says, as people read it: monitoring says it in attachments. Hostile text, at most `most` characters. */
export function messageText({ text: own, attachments }: MessageShortcut['message'], most: number): string {
  const parts = [
    own,
    ...attachments.flatMap(({ pretext, title, text: body, fallback }) =>
      body === '' && title === '' ? [pretext, fallback] : [pretext, title, body],
    ),
  ];
  return typedText(parts.filter((part) => part.trim() !== '').join('\n'))
    .trim()
    .slice(0, most)
    .toWellFormed();
}

/** The first line that says something. */
export function titleOf(said: string): string {
  return (
    said
      .split('\n')
      .map((row) =>
        row
          .replaceAll(/[*_`>#]+/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .find((row) => row !== '') ?? ''
  );
}
