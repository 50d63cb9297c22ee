import type { Arguments } from '../server/arguments.ts';
import { numberOf, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';

/** A page of a list, by Slack's opaque cursors. */
export function pageOf<Item>(
  items: readonly Item[],
  args: Arguments,
  usual: number,
  most = 1000,
): { readonly page: readonly Item[]; readonly next: string } {
  const cursor = textOf(args, 'cursor');
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace(/^at:/, ''));
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const limit = Math.floor(numberOf(args, 'limit', usual));
  if (limit < 1 || limit > most) throw new SlackError('invalid_limit');
  const end = start + limit;
  return { page: items.slice(start, end), next: end < items.length ? Buffer.from(`at:${end}`).toString('base64') : '' };
}
