/**
 * Whether a name is one harmless word to any shell. What a recording calls its objects may be anything, and people paste
 * commands.
 */
export function isPlainWord(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,511}$/.test(text);
}
