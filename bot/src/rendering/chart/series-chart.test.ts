import { describe, expect, it } from 'vitest';
import { validateBlocks } from '@autodevops/testkit/slack/rules/validate-blocks';
import { drawingBlocks, seriesBlocks } from './series-chart.ts';

const series = {
  title: 'Errors',
  unit: 'per second',
  labels: ['08:00', '08:05'],
  lines: [{ name: 'web', values: [0, 3] }],
};

describe('a series', () => {
  it('is a chart that Slack draws', () => {
    expect(seriesBlocks(series)).toEqual([
      {
        type: 'data_visualization',
        title: 'Errors',
        chart: {
          type: 'line',
          series: [
            {
              name: 'web',
              data: [
                { label: '08:00', value: 0 },
                { label: '08:05', value: 3 },
              ],
            },
          ],
          axis_config: { categories: ['08:00', '08:05'], y_label: 'per second' },
        },
      },
    ]);
  });

  it('of more points than Slack draws keeps its first and its last', () => {
    const labels = Array.from({ length: 100 }, (_, index) => `t${index}`);
    const blocks = seriesBlocks({
      ...series,
      labels,
      lines: [{ name: 'web', values: labels.map((_, index) => index) }],
    });
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    const { chart } = blocks[0] as unknown as { chart: { axis_config: { categories: string[] } } };
    expect(chart.axis_config.categories).toHaveLength(20);
    expect([chart.axis_config.categories[0], chart.axis_config.categories.at(-1)]).toEqual(['t0', 't99']);
  });

  it('leaves out where one of its lines has no number', () => {
    const [chart] = seriesBlocks({
      ...series,
      labels: ['a', 'b', 'c'],
      lines: [{ name: 'web', values: [1, Number.NaN, 3] }],
    });
    expect(JSON.stringify(chart)).not.toContain('"b"');
  });

  it('whose names Slack would confuse, or that are too many lines, is a table', () => {
    const types = (given: typeof series): readonly string[] => seriesBlocks(given).map(({ type }) => type);
    expect(types({ ...series, labels: ['08:00', '08:00'] })).toEqual(['table']);
    expect(
      types({ ...series, lines: Array.from({ length: 13 }, (_, index) => ({ name: `l${index}`, values: [1, 2] })) }),
    ).toEqual(['table']);
    expect(types({ ...series, lines: [{ name: 'web', values: [Number.NaN, Number.NaN] }] })).toEqual(['table']);
  });
});

describe('what a metric was over time', () => {
  const at = Date.parse('2026-01-01T07:52:30Z');

  it('is drawn by the times at which all of its lines were measured', () => {
    const blocks = drawingBlocks('memory in use', {
      lines: [
        {
          name: 'web-1',
          points: [
            [at, 1],
            [at + 60_000, 2],
            [at + 120_000, 3],
          ],
        },
        {
          name: '',
          points: [
            [at, 4],
            [at + 120_000, 5],
          ],
        },
      ],
    });
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(blocks).toMatchObject([
      {
        title: 'memory in use',
        chart: {
          series: [
            {
              name: 'web-1',
              data: [
                { label: '07:52:30', value: 1 },
                { label: '07:54:30', value: 3 },
              ],
            },
            { name: 'series 2' },
          ],
          axis_config: { categories: ['07:52:30', '07:54:30'], x_label: 'UTC' },
        },
      },
    ]);
  });

  it('is a table where its lines were never measured at one time', () => {
    expect(
      drawingBlocks('memory', {
        lines: [
          { name: 'a', points: [[at, 1]] },
          { name: 'b', points: [[at + 1000, 1]] },
        ],
      })[0]?.type,
    ).toBe('table');
  });
});
