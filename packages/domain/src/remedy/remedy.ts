import { inTerminal } from './in-terminal.ts';
import type { RemedyParts, RemedyStep } from './remedy-step.ts';
import { stepsIn } from './step-names.ts';

/** What to do, as contracts carry it: a sentence, and its parts where it names steps. */
export interface Remedy {
  readonly remedy: string;
  readonly remedyParts?: RemedyParts | undefined;
}

/** What to do, in words and steps: remedy`List them with ${{ do: 'list-changes' }}.` */
export function remedy(
  words: TemplateStringsArray,
  ...values: readonly (string | number | RemedyStep | Readonly<RemedyParts>)[]
): RemedyParts {
  return words.flatMap((word, at) => {
    const value = values[at] ?? '';
    const parts =
      typeof value === 'number' ? [String(value)] : typeof value === 'object' && !('do' in value) ? value : [value];
    return [word, ...parts].filter((part) => part !== '');
  });
}

/** As contracts carry it: of one that names no step, the sentence alone. */
export function asRemedy(parts: Readonly<RemedyParts>): { remedy: string; remedyParts?: RemedyParts } {
  return { remedy: inTerminal(parts), ...(stepsIn(parts).length === 0 ? {} : { remedyParts: [...parts] }) };
}

/** Of what carries more than that. */
export function remedyIn({ remedy: sentence, remedyParts }: Remedy): { remedy: string; remedyParts?: RemedyParts } {
  return { remedy: sentence, ...(remedyParts === undefined ? {} : { remedyParts }) };
}

/** The parts of any remedy; of one that names no step, its sentence. */
export function partsOf({ remedy: sentence, remedyParts }: Remedy): RemedyParts {
  return remedyParts ?? [sentence];
}
