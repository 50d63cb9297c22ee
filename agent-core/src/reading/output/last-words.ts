import type { OutputLine } from './output-line.ts';

const most = 60;

/** Of what a container said, the part that may be about its end. */
export function lastWords(output: readonly OutputLine[]): readonly OutputLine[] {
  return output.slice(-most);
}
