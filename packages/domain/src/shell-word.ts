import { printable } from './printable.ts';

/**
 * Blanks and single backslashes mean themselves between double quotes, for every shell; cmd.exe knows no single ones. What
 * stands for something there ($, `, ", !, %) is not among these, nor are the round quotes that PowerShell takes for straight.
 */
function isPlainInDoubleQuotes(text: string): boolean {
  return /^[^$`"!%\u2018-\u201F\n]+$/.test(text) && !/.\\\\|\\$/.test(text);
}

/** Between single quotes nothing means anything but a quote; cmd.exe, which knows none, must find nothing of its own there. */
function isPlainInSingleQuotes(text: string): boolean {
  return !/['\u2018-\u201B]/.test(text) && !/[&|<>^%]/.test(text);
}

/**
 * One word of a command line to copy: names from a bundle may hold anything, so odd ones are quoted, as sh, PowerShell and
 * cmd.exe alike read them. What no quotes hold for all of them is shown with question marks: such a command finds nothing.
 */
export function shellWord(text: string): string {
  // A line break within quotation marks would be one for the shell, too; what follows it must not look like a line of ours.
  const safe = printable(text).replaceAll('\n', String.raw`\n`);
  if (/^[\w./:=+-][\w./:=@+,-]*$/.test(safe)) return safe;
  if (isPlainInDoubleQuotes(safe)) return `"${safe}"`;
  return isPlainInSingleQuotes(safe) ? `'${safe}'` : `"${safe.replaceAll(/[^\w ./:=@+,~()-]/g, '?')}"`;
}
