import { printable } from '@autodevops/domain/printable';
import { cutTo } from './code-points.ts';

/** Foreign text of several lines, made safe for the eye: nothing in it is invisible, turns direction or is half a character. */
export function shownLines(text: string, most: number): string {
  return cutTo(printable(text.toWellFormed().replaceAll(/\r\n?/g, '\n')).trim(), most);
}

/** Foreign text on one line. */
export function shown(text: string, most: number): string {
  return shownLines(text.replaceAll(/\s+/g, ' '), most);
}
