import type { Channel } from './channels.ts';
import type { Message } from './messages.ts';

/** What everybody in the channel sees, the oldest first. */
export function visibleMessages(channel: Channel): readonly Message[] {
  return [...channel.messages.values()].filter(({ onlyFor }) => onlyFor === undefined);
}

export function repliesOf(channel: Channel, ts: string): readonly Message[] {
  return visibleMessages(channel).filter(({ threadTs }) => threadTs === ts);
}

/** A message that everybody may see. */
export function visibleMessage(channel: Channel, ts: string): Message | undefined {
  const message = channel.messages.get(ts);
  return message?.onlyFor === undefined ? message : undefined;
}
