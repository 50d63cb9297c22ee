import type { Look } from './look.ts';

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;
export type Paint = keyof typeof codes;

/** Colours text where colours are wanted. The text must hold no escape sequences of its own. */
export function paint(look: Look, style: Paint, text: string): string {
  if (!look.colour || text === '') return text;
  const [on, off] = codes[style];
  return `\u001B[${on}m${text}\u001B[${off}m`;
}

const symbols = {
  problem: ['✖', 'x'],
  healthy: ['✔', 'ok'],
  inconclusive: ['?', '?'],
  bar: ['│', '|'],
  arrow: ['→', '->'],
  dot: ['·', '-'],
  dash: ['–', '-'],
  ellipsis: ['…', '...'],
  plus: ['+', '+'],
  missing: ['✖', 'x'],
  fine: ['✔', 'ok'],
  note: ['○', 'o'],
} as const;
export type SymbolName = keyof typeof symbols;

export function symbol(look: Look, name: SymbolName): string {
  return symbols[name][look.unicode ? 0 : 1];
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [/[→⇒]/g, '->'],
  [/[–—−]/g, '-'],
  [/…/g, '...'],
  [/[“”„]/g, '"'],
  [/[‘’]/g, "'"],
  [/×/g, 'x'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/·/g, '-'],
];

/** For terminals that know ASCII only: our own typography replaced, anything else shown as `\u{…}`. */
export function plainAscii(text: string): string {
  let out = text;
  for (const [pattern, replacement] of replacements) out = out.replace(pattern, replacement);
  return out.replace(/[^\u0000-\u007F]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
