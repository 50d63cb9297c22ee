/** Words of a message, in small letters, and the step that fits them. */
export type StepTable = readonly (readonly [words: RegExp, step: string])[];

/** Longer is no message: what is matched keeps its time in step with that. */
const mostRead = 8000;

/** The step of the first row whose words the message has; none where no row fits. */
export function stepsByWords(table: StepTable, message: string): readonly string[] {
  const text = message.slice(0, mostRead).toLowerCase();
  const found = table.find(([words]) => words.test(text));
  return found === undefined ? [] : [found[1]];
}
