import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

/** Sentences are at most so long, in characters. */
const longest = 2000;

/** The words from a place on, as one text; an empty one throws `usage` with what was to be said. */
export function sentenceFrom(
  operands: readonly string[],
  start: number,
  missing: { readonly what: string; readonly remedy: string },
): string {
  const text = operands.slice(start).join(' ').trim();
  if (text === '') throw new AutoDevOpsError('usage', missing.what, missing.remedy);
  if (text.length > longest) {
    throw new AutoDevOpsError('usage', `That is longer than ${longest} characters.`, 'Say it in fewer words.');
  }
  return text;
}

/** Throws `usage` when something stands behind what a command takes. */
export function nothingAfter(operands: readonly string[], most: number): void {
  const more = operands[most];
  if (more !== undefined) {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(more, 60)}" is one too many.`,
      'Words that belong together go into quotation marks.',
    );
  }
}

/** One of a few words, whatever its case. Throws `usage` that names them. */
export function oneOf<T extends string>(given: string, choices: readonly T[], what: string): T {
  const found = choices.find((choice) => choice === given.toLowerCase());
  if (found === undefined) {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(given, 60)}" is no ${what}.`,
      `Write ${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}.`,
    );
  }
  return found;
}
