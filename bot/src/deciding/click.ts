import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KeptMessage } from '@autodevops/domain/ports/bot-store';
import type { FromMessage } from '../forms/form-subject.ts';
import type { Surroundings } from '../handling/handler.ts';
import type { FormSubject } from '../rendering/forms/form-view.ts';

const ts = z.string().max(40);

/** A click on a button, with the message that it stands in. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const Click = z.object({
  trigger_id: z.string().max(300).default(''),
  response_url: z.url().max(1000).optional(),
  container: z.object({ type: z.string().max(40), is_ephemeral: z.boolean().default(false) }),
  channel: z.object({ id: z.string().max(40) }).nullish(),
  message: z.object({ ts, thread_ts: ts.optional() }).nullish(),
  /** Of a click in a window or in App Home. */
  view: z.object({ id: z.string().max(40), type: z.string().max(40) }).nullish(),
  actions: z.tuple([z.object({ value: z.string().max(2000).default('') })]),
});
export type Click = Readonly<z.output<typeof Click>>;

export function valueOf({ actions: [{ value }] }: Click): string {
  return value;
}

export function placeOf({ channel, message }: Click): FromMessage {
  return {
    ...(channel?.id === undefined ? {} : { channel: channel.id }),
    ...(message?.ts === undefined ? {} : { message: message.ts }),
  };
}

/** Where it was clicked, for a form to carry. */
export function carriedPlace(click: Click): FormSubject {
  return Object.fromEntries(
    Object.entries(placeOf(click)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** What is thrown for a button that this version does not know, or that stands where the bot did not put it. */
export function oldButton(): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.refused',
    'This button is from another version, or does not stand where I put it.',
    'Ask for the message again (/scarlet show, /incident show), and use the button there.',
  );
}

/** Whether nobody but who clicked sees what was clicked in: an answer to a command, a window, App Home. */
export function isPrivate({ container }: Click): boolean {
  return container.is_ephemeral || container.type === 'view';
}

/** The message of this customer's threads that stands there; undefined where there is none. */
export async function messageAt(
  { channel, message }: FromMessage,
  { store, event, customer }: Surroundings,
): Promise<KeptMessage | undefined> {
  if (channel === undefined || message === undefined) return undefined;
  const kept = await store.messages.at({ team: event.team, channel, ts: message });
  return kept !== undefined && kept.customer === customer && kept.place.app === event.app ? kept : undefined;
}
