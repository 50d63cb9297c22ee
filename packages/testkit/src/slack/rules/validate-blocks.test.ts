import { describe, expect, it } from 'vitest';
import { blockRules } from './blocks/block-rules.ts';
import { limits, most } from './limits.ts';
import { responseMessages } from './problem.ts';
import type { Problem } from './problem.ts';
import type { Surface } from './surface.ts';
import { documentedBlocks } from './testing/documented-blocks.ts';
import { edgesOf } from './testing/edges.ts';
import type { Edge } from './testing/edges.ts';
import { sampleOf } from './testing/sample.ts';
import { validateBlocks } from './validate-blocks.ts';

const surfaces: readonly Surface[] = ['message', 'modal', 'home'];

function has(problems: readonly Problem[], { pointer, code }: Edge): boolean {
  return problems.some((problem) => problem.pointer === pointer && problem.code === code);
}

/** Problems with a container's children are those of the blocks themselves, which have tests of their own. */
function own(type: string, edges: readonly Edge[]): readonly Edge[] {
  return type === 'container' ? edges.filter(({ pointer }) => !/child_blocks\/0\/./.test(pointer)) : edges;
}

describe('every bound of a block', () => {
  for (const [
    type,
    {
      rule,
      surfaces: [surface = 'message'],
    },
  ] of Object.entries(blockRules)) {
    it(`holds at the number and not past it: ${type}`, () => {
      const edges = own(
        type,
        edgesOf(rule, '/blocks/0', (value) => value),
      );
      expect(edges.length).toBeGreaterThan(2);
      const wrong = edges.filter(
        (edge) =>
          has(validateBlocks([edge.inside], surface), edge) ||
          !has(validateBlocks([edge.past], surface), { ...edge, pointer: edge.pointer }),
      );
      expect(wrong.map(({ pointer, code, says }) => `${pointer} ${code}: ${says}`)).toEqual([]);
    });
  }
});

describe('the least of a block', () => {
  for (const [type, { rule, surfaces: allowed }] of Object.entries(blockRules)) {
    it(`is taken where ${type} may stand and refused elsewhere`, () => {
      for (const surface of surfaces) {
        const problems = validateBlocks([sampleOf(rule)], surface);
        expect(problems.map(({ code }) => code)).toEqual(allowed.includes(surface) ? [] : ['not_allowed_here']);
      }
    });
  }
});

describe('documented examples', () => {
  for (const [name, { surface, blocks }] of Object.entries(documentedBlocks)) {
    it(`are taken: ${name}`, () => {
      expect(responseMessages(validateBlocks(blocks, surface))).toEqual([]);
    });
  }

  it('use every block that Slack has', () => {
    const used = new Set(Object.values(documentedBlocks).flatMap(({ blocks }) => blocks.map(({ type }) => type)));
    expect(Object.keys(blockRules).filter((type) => !used.has(type))).toEqual([]);
  });
});

function divider(id?: string): object {
  return { type: 'divider', ...(id === undefined ? {} : { block_id: id }) };
}

describe('blocks together', () => {
  it('are at most 50 in a message and 100 in a view', () => {
    const many = (count: number): unknown[] => Array.from({ length: count }, () => divider());
    expect(validateBlocks(many(50), 'message')).toEqual([]);
    expect(responseMessages(validateBlocks(many(51), 'message'))).toEqual([
      '[ERROR] no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect(validateBlocks(many(100), 'home')).toEqual([]);
    expect(validateBlocks(many(101), 'modal')).toMatchObject([{ code: 'too_many', constraint: 100 }]);
  });

  it('have no id twice, those inside of a container counted', () => {
    expect(validateBlocks([divider('a'), divider('b'), divider()], 'message')).toEqual([]);
    expect(validateBlocks([divider('a'), divider('a')], 'message')).toMatchObject([
      { pointer: '/blocks/1/block_id', code: 'duplicate_id' },
    ]);
    expect(
      validateBlocks([divider('a'), { type: 'container', child_blocks: [divider('a')] }], 'message'),
    ).toMatchObject([{ pointer: '/blocks/1/child_blocks/0/block_id' }]);
  });

  it('are one table and two charts at most', () => {
    const table = sampleOf(blockRules['table']?.rule ?? { is: 'any' });
    const chart = sampleOf(blockRules['data_visualization']?.rule ?? { is: 'any' });
    expect(validateBlocks([table, chart, chart], 'message')).toEqual([]);
    expect(validateBlocks([table, table], 'message')).toMatchObject([{ code: 'too_many', constraint: 1 }]);
    expect(validateBlocks([chart, chart, chart], 'message')).toMatchObject([{ code: 'too_many', constraint: 2 }]);
  });

  it('have so many letters at most in a table', () => {
    const table = (letters: number): object => ({
      type: 'table',
      rows: Array.from({ length: 10 }, () => [{ type: 'raw_text', text: '😀'.repeat(letters / 10) }]),
    });
    expect(validateBlocks([table(most('tableCharacters'))], 'message')).toEqual([]);
    expect(validateBlocks([table(most('tableCharacters') + 10)], 'message')).toMatchObject([
      { code: 'too_long', constraint: 10_000 },
    ]);
  });

  it('have so many letters at most in all markdown blocks', () => {
    const half = { type: 'markdown', text: 'x'.repeat(6000) };
    expect(validateBlocks([half, half], 'message')).toEqual([]);
    expect(validateBlocks([half, half, { type: 'markdown', text: 'x' }], 'message')).toMatchObject([
      { code: 'too_long', constraint: 12_000 },
    ]);
  });
});

describe('what does not go together', () => {
  const image = { type: 'image', alt_text: 'a' };
  const button = { type: 'button', action_id: 'same', text: { type: 'plain_text', text: 'a' } };
  const option = (value: string): object => ({ text: { type: 'plain_text', text: value }, value });
  const menu = { type: 'static_select', options: [option('a')] };
  const cell = { type: 'raw_text', text: 'a' };
  const chart = (labels: readonly string[]): object => ({
    type: 'data_visualization',
    title: 'a',
    chart: {
      type: 'line',
      series: [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }],
      axis_config: { categories: ['a', 'b'] },
    },
  });
  const cases: Readonly<Record<string, readonly [object, Partial<Problem>]>> = {
    'an image of two sources': [
      { ...image, image_url: 'https://a.example/a.png', slack_file: { id: 'F1' } },
      { code: 'conflict', pointer: '/blocks/0' },
    ],
    'an image of no source': [image, { code: 'missing_field', pointer: '/blocks/0' }],
    'a section without text and fields': [{ type: 'section' }, { code: 'missing_field', pointer: '/blocks/0' }],
    'two buttons of one action id': [
      { type: 'actions', elements: [button, button] },
      { code: 'duplicate_id', pointer: '/blocks/0/elements/1/action_id' },
    ],
    'options beside groups of options': [
      {
        type: 'actions',
        elements: [{ ...menu, option_groups: [{ label: { type: 'plain_text', text: 'g' }, options: [option('b')] }] }],
      },
      { code: 'conflict', pointer: '/blocks/0/elements/0' },
    ],
    'a first choice that is no option': [
      { type: 'actions', elements: [{ ...menu, initial_option: option('z') }] },
      { code: 'conflict', pointer: '/blocks/0/elements/0/initial_option' },
    ],
    'a shortest text longer than the longest': [
      {
        type: 'input',
        label: { type: 'plain_text', text: 'l' },
        element: { type: 'plain_text_input', min_length: 3, max_length: 2 },
      },
      { code: 'conflict', pointer: '/blocks/0/element/min_length' },
    ],
    'rows of different lengths': [
      { type: 'table', rows: [[cell, cell], [cell]] },
      { code: 'conflict', pointer: '/blocks/0/rows/1' },
    ],
    'rich text in the header of a data table': [
      { type: 'data_table', caption: 'c', rows: [[{ type: 'rich_text', elements: [] }], [cell]] },
      { code: 'conflict', pointer: '/blocks/0/rows/0/0' },
    ],
    'more column settings than columns': [
      { type: 'table', rows: [[cell]], column_settings: [{}, {}] },
      { code: 'conflict', pointer: '/blocks/0/column_settings' },
    ],
    'a chart without a point for a category': [chart(['a']), { code: 'conflict', pointer: '/blocks/0/chart/series/0' }],
    'a chart with two points for one category': [
      chart(['a', 'a']),
      { code: 'conflict', pointer: '/blocks/0/chart/series/0' },
    ],
    'an icon of two kinds': [
      {
        type: 'card',
        title: { type: 'mrkdwn', text: 't' },
        icon: { ...image, image_url: 'https://a.example/a.png' },
        slack_icon: { type: 'icon', name: 'gear' },
      },
      { code: 'conflict', pointer: '/blocks/0' },
    ],
    'a collapsed container that does not collapse': [
      { type: 'container', default_collapsed: true, child_blocks: [divider()] },
      { code: 'conflict', pointer: '/blocks/0' },
    ],
    'a header with markup': [
      { type: 'header', text: { type: 'mrkdwn', text: 'a' } },
      { code: 'unknown_type', pointer: '/blocks/0/text/type' },
    ],
    'a button inside of a context': [
      { type: 'context', elements: [button] },
      { code: 'unknown_type', pointer: '/blocks/0/elements/0/type' },
    ],
    'a text as an input': [
      { type: 'input', label: { type: 'plain_text', text: 'l' }, element: button },
      { code: 'unknown_type', pointer: '/blocks/0/element/type' },
    ],
  };
  for (const [name, [block, problem]] of Object.entries(cases)) {
    it(`is refused: ${name}`, () => {
      expect(validateBlocks([block], 'message')).toContainEqual(expect.objectContaining(problem));
    });
  }

  it('two points for two categories are fine', () => {
    expect(validateBlocks([chart(['b', 'a'])], 'message')).toEqual([]);
  });
});

describe('what is no block', () => {
  it('is refused where it stands', () => {
    expect(validateBlocks('x', 'message')).toMatchObject([{ pointer: '/blocks', code: 'wrong_type' }]);
    expect(validateBlocks([1, null, [], {}], 'message').map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/blocks/0', 'wrong_type'],
      ['/blocks/1', 'wrong_type'],
      ['/blocks/2', 'wrong_type'],
      ['/blocks/3', 'missing_field'],
    ]);
    expect(responseMessages(validateBlocks([{ type: 'toString' }], 'message'))).toEqual([
      '[ERROR] unsupported type: toString [json-pointer:/blocks/0/type]',
    ]);
  });
});

it('every number has its source', () => {
  expect(Object.values(limits).filter(({ value, source }) => value < 1 || !source.startsWith('https://'))).toEqual([]);
});
