import type { Block } from './messages.ts';
import { listOf, recordOf } from '../server/arguments.ts';

/** A button, menu or field, with the block that it stands in. */
export interface InteractiveElement {
  readonly block: Block;
  readonly element: Readonly<Record<string, unknown>>;
}

/** Everything in blocks that a person can use. */
export function interactiveElements(blocks: readonly Block[] = []): readonly InteractiveElement[] {
  return blocks.flatMap((block) => {
    const inner = ['actions', 'context_actions'].includes(block.type)
      ? listOf(block['elements'])
      : [block['accessory'], block['element']].filter((one) => one !== undefined).map(recordOf);
    const own = inner.filter(({ action_id: id }) => typeof id === 'string').map((element) => ({ block, element }));
    const nested = [...listOf(block['actions']), ...listOf(block['elements']).flatMap((one) => listOf(one['actions']))]
      .filter(({ action_id: id }) => typeof id === 'string')
      .map((element) => ({ block, element }));
    const children = ['container', 'carousel'].includes(block.type)
      ? interactiveElements([...listOf(block['children']), ...listOf(block['elements'])] as unknown as readonly Block[])
      : [];
    return [...own, ...(block.type === 'actions' || block.type === 'context_actions' ? [] : nested), ...children];
  });
}

export function elementNamed(
  blocks: readonly Block[] | undefined,
  actionId: string,
  blockId?: string,
): InteractiveElement | undefined {
  return interactiveElements(blocks).find(
    ({ block, element }) => element['action_id'] === actionId && (blockId === undefined || block.block_id === blockId),
  );
}
