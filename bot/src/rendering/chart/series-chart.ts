import type { Block, KnownBlock } from '@slack/types';
import { tableBlocks } from '../blocks/table-block.ts';
import { cutTo } from '../text/code-points.ts';
import { shown } from '../text/shown.ts';

/** What changed over time: a name for each line, and a value for each label; not a number where nothing was measured. */
export interface Series {
  readonly title: string;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** A line chart that Slack draws itself: 1 to 12 lines of 1 to 20 points, and a value for every label. */
interface DataVisualizationBlock extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly { readonly name: string; readonly data: readonly { readonly label: string; readonly value: number }[] }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

const most = { lines: 12, points: 20, label: 20, title: 50 } as const;

/** At most `count` of them, the first and the last among them. */
function spread(indices: readonly number[], count: number): readonly number[] {
  if (indices.length <= count) return indices;
  return Array.from({ length: count }, (_, place) => indices[Math.round((place * (indices.length - 1)) / (count - 1))] ?? 0);
}

function distinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function chartOf({ title, unit, labels, lines }: Series): DataVisualizationBlock | undefined {
  const measured = labels.map((_, index) => index).filter((index) => lines.every(({ values }) => Number.isFinite(values[index])));
  const places = spread(measured, most.points);
  const categories = places.map((index) => shown(labels[index] ?? '', most.label));
  const names = lines.map(({ name }) => shown(name, most.label));
  // Slack joins points by their labels: two of one name would be one.
  if (lines.length === 0 || lines.length > most.lines || places.length === 0 || !distinct(categories) || !distinct(names) || [...categories, ...names].includes('')) return undefined;
  const series = lines.map(({ values }, line) => ({ name: names[line] ?? '', data: places.map((index, place) => ({ label: categories[place] ?? '', value: values[index] ?? 0 })) }));
  const axis = shown(unit, most.title);
  return { type: 'data_visualization', title: cutTo(shown(title, most.title) || 'Chart', most.title), chart: { type: 'line', series, axis_config: { categories, ...(axis === '' ? {} : { y_label: axis }) } } };
}

function number(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(4)));
}

/** A chart where Slack can draw it, else a table. https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export function seriesBlocks(series: Series): readonly KnownBlock[] {
  const chart = chartOf(series);
  // @slack/types 3.2 does not know this block yet.
  if (chart !== undefined) return [chart as unknown as KnownBlock];
  const { labels, lines, unit } = series;
  return tableBlocks({ columns: [unit === '' ? ' ' : unit, ...lines.map(({ name }) => name)], rows: labels.map((label, index) => [label, ...lines.map(({ values }) => number(values[index]))]) });
}
