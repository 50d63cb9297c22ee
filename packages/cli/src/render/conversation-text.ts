import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { refText } from '@autodevops/domain/object-ref';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang, wrap } from '../terminal/wrap.ts';
import { cleared } from './cleared.ts';

/** A line for each conversation. `now` (ISO) is what "ago" counts from. */
export function conversationLines(conversations: readonly Conversation[], look: Look, now: string): readonly string[] {
  const rows = cleared(conversations).map(({ id, title, turns, updatedAt }) => [
    id,
    timeAgo(updatedAt, now),
    String(turns),
    title,
  ]);
  return table(look, ['id', 'last asked', 'questions', 'title'], rows);
}

function turnLines(
  { question, understood, time, headline, lines, causes }: Turn,
  look: Look,
  now: string,
): readonly string[] {
  return [
    '',
    ...hang('> ', question, look.columns).map((line) => paint(look, 'bold', line)),
    paint(look, 'dim', `  ${timeAgo(time, now)}${understood === '' ? '' : `, taken as: ${understood}`}`),
    ...hang('  ', headline, look.columns),
    ...lines.flatMap((line) => hang('  ', line, look.columns)),
    ...causes.flatMap(({ code, object, cause }) =>
      hang('  - ', `${refText(object)} (${code}): ${cause}`, look.columns),
    ),
  ];
}

/** A conversation with its turns, oldest first. */
export function conversationText(
  { conversation, turns }: { readonly conversation: Conversation; readonly turns: readonly Turn[] },
  look: Look,
  now: string,
): readonly string[] {
  const safe = cleared({ conversation, turns });
  const left = conversation.turns - turns.length;
  return [
    ...wrap(safe.conversation.title || 'Without a title', look.columns).map((line) => paint(look, 'bold', line)),
    paint(
      look,
      'dim',
      `${safe.conversation.id}, begun ${timeAgo(conversation.begunAt, now)}${left > 0 ? `; ${left} earlier questions are left out` : ''}`,
    ),
    ...safe.turns.flatMap((turn) => turnLines(turn, look, now)),
  ];
}
