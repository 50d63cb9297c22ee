import { groups } from '@autodevops/domain/finding';
import type { CodeEntry } from '@autodevops/domain/finding';
import type { Look } from '../terminal/look.ts';
import { paint, plainAscii, symbol } from '../terminal/paint.ts';
import { cutTo, padTo } from '../terminal/width.ts';
import { hang, wrap } from '../terminal/wrap.ts';
import { severityWord } from './cause-lines.ts';

function finished(lines: readonly string[], look: Look): string {
  const text = `${lines.join('\n')}\n`;
  return look.unicode ? text : plainAscii(text);
}

/** One code of the catalogue in full. */
export function codeText(entry: CodeEntry, look: Look): string {
  const arrow = paint(look, 'green', symbol(look, 'arrow'));
  return finished(
    [
      `${paint(look, 'bold', entry.title)}  ${paint(look, 'cyan', entry.code)}  ${severityWord(look, entry.severity)}`,
      '',
      ...wrap(entry.means, look.columns),
      '',
      paint(look, 'bold', 'How it is recognised'),
      ...wrap(entry.recognised, look.columns),
      '',
      paint(look, 'bold', 'What to do'),
      ...entry.nextSteps.flatMap((step) => hang(`${arrow} `, step, look.columns)),
      ...(entry.avoid.length === 0 ? [] : ['', paint(look, 'bold', 'What not to do')]),
      ...entry.avoid.flatMap((text) => hang(`${symbol(look, 'missing')} `, text, look.columns)),
    ],
    look,
  );
}

/** Every code in one line each, by chapter. */
export function codeList(entries: readonly CodeEntry[], look: Look): string {
  const width = Math.min(48, Math.max(0, ...entries.map((entry) => entry.code.length)));
  const chapters = groups.flatMap((group) => {
    const own = entries.filter((entry) => entry.group === group).toSorted((a, b) => a.code.localeCompare(b.code));
    if (own.length === 0) return [];
    const lines = own.map(
      (entry) =>
        `  ${padTo(entry.code, width)}  ${cutTo(entry.title, Math.max(10, look.columns - width - 4), symbol(look, 'ellipsis'))}`,
    );
    return ['', paint(look, 'bold', group), ...lines];
  });
  return finished([`${entries.length} codes; \`autodevops explain CODE\` tells more of one.`, ...chapters], look);
}
