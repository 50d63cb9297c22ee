import type { Condition, ObjectRule, Rule } from '../rule.ts';

/** A field that stands for others, of which one is needed: the first. */
function chosen(conditions: readonly Condition[]): readonly string[] {
  return conditions.flatMap((condition) =>
    condition.kind === 'exactly-one' || condition.kind === 'at-least-one' ? condition.of.slice(0, 1) : [],
  );
}

function sampleOfObject({ fields, conditions }: ObjectRule, seed: number): Record<string, unknown> {
  const wanted = new Set([
    ...Object.keys(fields).filter((name) => fields[name]?.isNeeded === true),
    ...chosen(conditions),
  ]);
  const distinct = conditions.some(({ kind }) => kind === 'distinct');
  return Object.fromEntries(
    [...wanted].map((name) => [name, sampleOf(fields[name]?.rule ?? { is: 'any' }, distinct ? seed + 1 : seed)]),
  );
}

/** The least that a rule takes. Samples of another seed have other texts. */
export function sampleOf(rule: Rule, seed = 0): unknown {
  switch (rule.is) {
    case 'text':
      return rule.form?.example ?? `t${seed}`.padEnd(rule.min ?? 0, 'x');
    case 'number':
      return rule.min ?? (rule.above ?? 0) + 1;
    case 'flag':
      return false;
    case 'word':
      return rule.of[0];
    case 'list':
      return Array.from({ length: Math.max(1, rule.min ?? 1) }, () => sampleOf(rule.of, seed));
    case 'object':
      return sampleOfObject(rule, seed);
    case 'variant':
      return sampleOf(Object.values(rule.types)[0] ?? { is: 'any' }, seed);
    case 'any':
      return {};
  }
}
