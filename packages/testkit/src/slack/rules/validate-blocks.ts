import { blockRules } from './blocks/block-rules.ts';
import { check } from './checking/check.ts';
import { asRecord, isRecord, step } from './checking/values.ts';
import { checkTogether } from './checking/whole-payload.ts';
import { most } from './limits.ts';
import type { Problem } from './problem.ts';
import type { Surface } from './surface.ts';

function checkBlock(block: unknown, surface: Surface, pointer: string): readonly Problem[] {
  if (!isRecord(block)) return [{ pointer, code: 'wrong_type', message: 'must be a block' }];
  const { type } = block;
  if (type === undefined) return [{ pointer, code: 'missing_field', message: 'missing required field: type' }];
  const known = typeof type === 'string' && Object.hasOwn(blockRules, type) ? blockRules[type] : undefined;
  if (known === undefined) {
    return [
      {
        pointer: step(pointer, 'type'),
        code: 'unknown_type',
        message: `unsupported type: ${String(type)}`,
        constraint: Object.keys(blockRules),
      },
    ];
  }
  if (!known.surfaces.includes(surface)) {
    return [
      {
        pointer: step(pointer, 'type'),
        code: 'not_allowed_here',
        message: `unsupported type: ${String(type)} in a ${surface}`,
        constraint: known.surfaces,
      },
    ];
  }
  return check(block, known.rule, pointer);
}

/** What Slack would refuse of these blocks; empty: it would take them. Pointers begin with `at`. */
export function validateBlocks(blocks: unknown, surface: Surface, at = '/blocks'): readonly Problem[] {
  if (!Array.isArray(blocks)) return [{ pointer: at, code: 'wrong_type', message: 'must be an array of blocks' }];
  const given: readonly unknown[] = blocks;
  const bound = surface === 'message' ? most('messageBlocks') : most('viewBlocks');
  return [
    ...(given.length > bound
      ? [{ pointer: at, code: 'too_many', message: `no more than ${bound} items allowed`, constraint: bound } as const]
      : []),
    ...given.flatMap((block, index) => checkBlock(block, surface, step(at, index))),
    ...checkTogether(given, at),
  ];
}

/** Whether a block takes what people enter. */
export function isInput(block: unknown): boolean {
  return asRecord(block)['type'] === 'input';
}
