import { printable } from '@autodevops/domain/printable';

/** One word of a command line to copy: names from a bundle may hold anything, so odd ones are quoted. */
export function shellWord(text: string): string {
  // A line break within quotation marks would be one for the shell, too; what follows it must not look like a line of ours.
  const safe = printable(text).replaceAll('\n', String.raw`\n`);
  return /^[\w./:=@%+,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}
