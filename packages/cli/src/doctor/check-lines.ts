import type { Look } from '../terminal/look.ts';
import { paint, symbol } from '../terminal/paint.ts';
import { padTo } from '../terminal/width.ts';
import { hang } from '../terminal/wrap.ts';
import type { Check } from './check.ts';

function linesOf(check: Check, look: Look, width: number): readonly string[] {
  const marks = {
    fine: paint(look, 'green', symbol(look, 'fine')),
    missing: paint(look, 'red', symbol(look, 'missing')),
    optional: paint(look, 'yellow', symbol(look, 'note')),
  };
  const label = `${padTo(marks[check.state], 3)}${padTo(check.name, width)}  `;
  const remedy =
    check.remedy === '' ? [] : hang(`${' '.repeat(width + 5)}${symbol(look, 'arrow')} `, check.remedy, look.columns);
  return [...hang(label, check.says, look.columns), ...remedy];
}

/** What was looked at, one below the other, each with what to do where something is. */
export function checkLines(checks: readonly Check[], look: Look): readonly string[] {
  const width = Math.max(...checks.map((check) => check.name.length));
  return checks.flatMap((check) => linesOf(check, look, width));
}
