import type { Look } from './look.ts';
import { paint, symbol } from './paint.ts';
import { cutTo, displayWidth, padTo } from './width.ts';
import { wrap } from './wrap.ts';

const gap = 2;
const narrowest = 8;
/** The last column holds sentences: it gets at least this much, and wraps. */
const roomForLast = 30;

function natural(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((title, i) => Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[i] ?? ''))));
}

/** Takes columns from the last one first, then from the widest, until all fit. */
function fit(widths: readonly number[], room: number): number[] {
  const out = [...widths];
  const over = (): number => out.reduce((sum, w) => sum + w + gap, -gap) - room;
  const last = out.length - 1;
  out[last] = Math.max(Math.min(out[last] ?? 0, roomForLast), (out[last] ?? 0) - Math.max(0, over()));
  while (over() > 0) {
    const at = out.indexOf(Math.max(...out));
    if ((out[at] ?? 0) <= narrowest) break;
    out[at] = (out[at] ?? 0) - 1;
  }
  return out;
}

/** Aligned columns under their titles. Cells are cut to fit the look's width, except the last, which wraps. */
export function table(look: Look, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = fit(natural(columns, rows), look.columns);
  const last = columns.length - 1;
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, i) =>
        padTo(i === last ? (cells[i] ?? '') : cutTo(cells[i] ?? '', width, symbol(look, 'ellipsis')), width),
      )
      .join(' '.repeat(gap))
      .trimEnd();
  const lines = (cells: readonly string[]): readonly string[] => {
    const [first = '', ...more] = wrap(cells[last] ?? '', Math.max(10, widths[last] ?? 0));
    const blank = columns.map(() => '');
    return [line([...cells.slice(0, last), first]), ...more.map((text) => line([...blank.slice(0, last), text]))];
  };
  return [
    paint(look, 'dim', line(columns.map((c) => c.toUpperCase()))),
    ...rows.flatMap((row) => lines(row.map((cell) => cell.replaceAll(/\s+/g, ' ')))),
  ];
}
