import type { Cause } from '@autodevops/domain/diagnosis';

/** Names of one or two letters are words of any text. */
const shortest = 3;

/** Without the marks around it. Counted from its ends: a pattern that ends in `$` looks at a long row of dots as often as it has dots. */
function bare(word: string): string {
  let [start, end] = [0, word.length];
  while (start < end && './-'.includes(word.charAt(start))) start += 1;
  while (end > start && './-'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(start, end);
}

function wordsOf(text: string): ReadonlySet<string> {
  const whole = text
    .toLowerCase()
    .split(/[^a-z0-9./-]+/)
    .map(bare);
  return new Set(whole.flatMap((word) => [word, ...word.split('/')]));
}

/** Those of the causes that a text speaks of: it names their object, or one that shows them. Names count as whole words. */
export function mentionedCauses(text: string, causes: readonly Cause[]): readonly Cause[] {
  const words = wordsOf(text);
  const isNamed = (name: string): boolean => name.length >= shortest && words.has(name.toLowerCase());
  return causes.filter(
    ({ object, symptoms }) => isNamed(object.name) || symptoms.some((symptom) => isNamed(symptom.object.name)),
  );
}
