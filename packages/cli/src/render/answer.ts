import type { Answer } from '@autodevops/domain/answer';
import type { Look } from '../terminal/look.ts';
import { paint, plainAscii } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang, wrap } from '../terminal/wrap.ts';
import { blindLines } from './blind-lines.ts';
import { causeLines, headLines } from './cause-lines.ts';
import { cleared } from './cleared.ts';

const mostCauses = 3;

function causesText(
  answer: Answer,
  look: Look,
  context: { readonly now: string; readonly verbose: boolean },
): readonly string[] {
  const shown = context.verbose ? answer.causes : answer.causes.slice(0, mostCauses);
  const more = answer.causes.length - shown.length;
  // Where the question was not understood, what is wrong is no answer to it: enough to know of it.
  const briefly = answer.outcome === 'not-understood' && !context.verbose;
  const lines = shown
    .map((cause, i) => ({ ...cause, rank: i + 1 }))
    .flatMap((cause, i) =>
      briefly
        ? [...(i === 0 ? [''] : []), ...headLines(cause, look)]
        : ['', ...causeLines(cause, look, { everything: context.verbose, now: context.now })],
    );
  return more > 0 ? [...lines, '', paint(look, 'dim', `and ${more} more (-v)`)] : lines;
}

function suggestionLines(answer: Answer, look: Look): readonly string[] {
  if (answer.suggestions.length === 0) return [];
  if (answer.outcome === 'no-such-name') return wrap(`Did you mean ${answer.suggestions.join(' or ')}?`, look.columns);
  return [
    '',
    paint(look, 'dim', 'What I can answer, for example:'),
    ...answer.suggestions.flatMap((text) => hang('  ', text, look.columns)),
  ];
}

/** An answer made for reading. `now` (ISO) is what "ago" counts from. */
export function renderAnswer(
  answer: Answer,
  look: Look,
  context: { readonly now: string; readonly verbose: boolean },
): string {
  const safe = cleared(answer);
  const lines = [
    ...(safe.understood === undefined
      ? []
      : wrap(`Taken as: ${safe.understood}`, look.columns).map((line) => paint(look, 'dim', line))),
    ...wrap(safe.headline, look.columns).map((line) => paint(look, 'bold', line)),
    ...safe.lines.flatMap((line) => wrap(line, look.columns)),
    ...(safe.table === undefined ? [] : ['', ...table(look, safe.table.columns, safe.table.rows)]),
    ...causesText(safe, look, context),
    ...suggestionLines(safe, look),
    ...blindLines(safe.blindSpots, look, context.verbose),
  ];
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : plainAscii(text);
}
