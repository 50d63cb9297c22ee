import { optional, text, typed } from '../rule.ts';
import type { Condition, Field, ObjectRule } from '../rule.ts';
import { most } from '../limits.ts';
import type { Surface } from '../surface.ts';

/** A block, with where it may stand. The table of surfaces is https://docs.slack.dev/blocks.json */
export interface BlockRule {
  readonly rule: ObjectRule;
  readonly surfaces: readonly Surface[];
}

export const everywhere: readonly Surface[] = ['message', 'modal', 'home'];

export function block(
  type: string,
  surfaces: readonly Surface[],
  fields: Readonly<Record<string, Field>>,
  ...conditions: readonly Condition[]
): BlockRule {
  return { surfaces, rule: typed(type, { block_id: optional(text(most('blockId'))), ...fields }, ...conditions) };
}
