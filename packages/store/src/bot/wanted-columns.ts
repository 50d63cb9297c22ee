import type { WantedMessage } from '@autodevops/domain/ports/bot-store';
import { toStored } from '../stored-text.ts';
import { messageTaken } from './bot-refusals.ts';

/** A wanted message as it is written. */
export interface WantedColumns {
  readonly key: string;
  readonly customer: string;
  readonly lane: string;
  readonly app: string;
  readonly team: string;
  readonly channel: string;
  readonly parent: string | null;
  readonly threadTs: string | null;
  readonly digest: string;
  readonly content: string;
}

const optional = (text: string | undefined): string | null => (text === undefined ? null : toStored(text));

function columns({ key, customer, lane, place, digest, content }: WantedMessage): WantedColumns {
  return {
    key: toStored(key),
    customer: toStored(customer),
    lane,
    app: toStored(place.app),
    team: toStored(place.team),
    channel: toStored(place.channel),
    parent: optional(place.parent),
    threadTs: optional(place.threadTs),
    digest: toStored(digest),
    content: JSON.stringify(content),
  };
}

/** Throws `usage` for a name that is too long, and `store.conflict` where two customers want the same key. */
export function wantedColumns(messages: readonly WantedMessage[]): readonly WantedColumns[] {
  const owners = new Map<string, string>();
  for (const { key, customer } of messages) {
    if ((owners.get(key) ?? customer) !== customer) throw messageTaken(key);
    owners.set(key, customer);
  }
  return messages.map(columns);
}
