import { limits, most } from '../limits.ts';
import type { LimitName } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { asList, asRecord, codePoints, isRecord, step } from './values.ts';

type Block = Readonly<Record<string, unknown>>;

/** Keys whose texts are names for programs, not letters that somebody reads. */
const notRead = new Set([
  'type',
  'block_id',
  'action_id',
  'value',
  'url',
  'image_url',
  'style',
  'format',
  'video_url',
  'thumbnail_url',
]);

/** Letters of a payload that people read, in code points. */
export function lettersOf(value: unknown): number {
  if (typeof value === 'string') return codePoints(value);
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + lettersOf(item), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce((sum, [key, part]) => sum + (notRead.has(key) ? 0 : lettersOf(part)), 0);
}

function withChildren(
  blocks: readonly unknown[],
  at: string,
): readonly { readonly block: Block; readonly pointer: string }[] {
  return blocks.flatMap((given, index) => {
    const [block, pointer] = [asRecord(given), step(at, index)];
    return [{ block, pointer }, ...withChildren(asList(block['child_blocks']), step(pointer, 'child_blocks'))];
  });
}

function repeatedIds(all: ReturnType<typeof withChildren>): readonly Problem[] {
  const seen = new Set<unknown>();
  return all.flatMap(({ block: { block_id: id }, pointer }): readonly Problem[] => {
    if (id === undefined) return [];
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated
      ? [
          {
            pointer: step(pointer, 'block_id'),
            code: 'duplicate_id',
            message: `block_id already exists: ${String(id)}`,
          },
        ]
      : [];
  });
}

function tooMany(
  all: ReturnType<typeof withChildren>,
  types: readonly string[],
  name: LimitName,
  at: string,
): readonly Problem[] {
  const count = all.filter(({ block }) => types.includes(String(block['type']))).length;
  return count <= most(name)
    ? []
    : [
        {
          pointer: at,
          code: 'too_many',
          message: `no more than ${most(name)} ${types.join(' or ')} blocks allowed`,
          constraint: limits[name].value,
        },
      ];
}

function tooLong(
  all: ReturnType<typeof withChildren>,
  type: string,
  part: string,
  name: LimitName,
  at: string,
): readonly Problem[] {
  const letters = all
    .filter(({ block }) => block['type'] === type)
    .reduce((sum, { block }) => sum + lettersOf(block[part]), 0);
  return letters <= most(name)
    ? []
    : [
        {
          pointer: at,
          code: 'too_long',
          message: `all ${type} blocks together must be less than ${most(name) + 1} characters`,
          constraint: most(name),
        },
      ];
}

/** What holds over all blocks of a payload. */
export function checkTogether(blocks: readonly unknown[], at: string): readonly Problem[] {
  const all = withChildren(blocks, at);
  return [
    ...repeatedIds(all),
    ...tooMany(all, ['table'], 'tablesInMessage', at),
    ...tooMany(all, ['data_visualization'], 'chartsInMessage', at),
    ...tooLong(all, 'table', 'rows', 'tableCharacters', at),
    ...tooLong(all, 'data_table', 'rows', 'tableCharacters', at),
    ...tooLong(all, 'markdown', 'text', 'markdown', at),
  ];
}
