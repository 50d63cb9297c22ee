import type { Look } from './look.ts';
import { paint, symbol } from './paint.ts';
import { cutTo, displayWidth, padTo } from './width.ts';

const gap = 2;
const narrowest = 8;

function natural(columns: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((title, i) => Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[i] ?? ''))));
}

/** Takes columns from the widest until all fit. */
function fit(widths: number[], room: number): number[] {
  const out = [...widths];
  let over = out.reduce((sum, w) => sum + w + gap, -gap) - room;
  while (over > 0) {
    const at = out.indexOf(Math.max(...out));
    const width = out[at] ?? 0;
    if (width <= narrowest) break;
    out[at] = width - 1;
    over -= 1;
  }
  return out;
}

/** Aligned columns under their titles, cut to the look's width. */
export function table(look: Look, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = fit(natural(columns, rows), look.columns);
  const line = (cells: readonly string[]): string =>
    columns.map((_, i) => padTo(cutTo(cells[i] ?? '', widths[i] ?? 0, symbol(look, 'ellipsis')), widths[i] ?? 0)).join(' '.repeat(gap)).trimEnd();
  return [paint(look, 'dim', line(columns.map((c) => c.toUpperCase()))), ...rows.map(line)];
}
