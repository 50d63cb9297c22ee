import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';
import { sealingWith } from '../../installing/sealing.ts';
import type { Sealing } from '../../installing/sealing.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';

/** As long as Slack takes answers to a command. */
const lasts = 30 * 60_000;
const Kept = z.object({ sealed: z.string() });
const Message = z.object({ text: z.string(), blocks: z.array(z.looseObject({ type: z.string() })) });

function digest(use: string, id: string): Buffer {
  return createHash('sha256').update(`${use} ${id}`).digest();
}

/** The id is in the button alone, and the key is made of it: what the store keeps opens by nothing that it keeps. */
function sealingOf(id: string): Sealing {
  return sealingWith([{ id: 'share', key: digest('key', id) }]);
}

function nameOf(id: string): string {
  return digest('name', id).toString('hex');
}

/** Who saw it, and where: an answer opens for nobody and nowhere else. */
function placeOf(channel: string, { customer, actor }: Surroundings): string {
  return JSON.stringify([customer, actor.account, channel]);
}

export function isShareId(value: string): boolean {
  return /^shr-[0-9a-f]{32}$/.test(value);
}

export function newShareId(): string {
  return `shr-${randomBytes(16).toString('hex')}`;
}

/** Keeps what one person saw, so that exactly this can be shown to others, once. */
export async function keepAnswer(
  id: string,
  { channel, message }: { readonly channel: string; readonly message: SlackMessage },
  surroundings: Surroundings,
): Promise<void> {
  const { store, now } = surroundings;
  const sealed = sealingOf(id).seal(JSON.stringify(message), placeOf(channel, surroundings));
  await store.once.put(nameOf(id), { sealed }, new Date(now().getTime() + lasts).toISOString());
}

/** What was kept under an id, for who saw it and where he saw it; nobody else gets it, and nobody twice. */
export async function takeAnswer(
  id: string,
  channel: string,
  surroundings: Surroundings,
): Promise<SlackMessage | undefined> {
  if (!isShareId(id)) return undefined;
  const kept = Kept.safeParse(await surroundings.store.once.take(nameOf(id), surroundings.now().toISOString())).data;
  if (kept === undefined) return undefined;
  try {
    return Message.parse(
      JSON.parse(sealingOf(id).open(kept.sealed, placeOf(channel, surroundings))),
    ) as unknown as SlackMessage;
  } catch (error) {
    if (error instanceof AutoDevOpsError) return undefined;
    throw error;
  }
}
