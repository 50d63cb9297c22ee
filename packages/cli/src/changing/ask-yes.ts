import type { Surroundings } from '../surroundings.ts';

/** Whether the person at the terminal types y or yes; anything else, and the end of the input, is no. */
export async function askYes(
  { question }: Pick<Surroundings, 'question'>,
  text: string,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await question(`${text} [y/N] `, signal);
  return answer !== undefined && /^\s*y(?:es)?\s*$/i.test(answer);
}
