import type { Block, KnownBlock } from '@slack/types';
import type { Drawing } from '@autodevops/domain/diagnosis';
import { tableBlocks } from '../blocks/table-block.ts';
import { cutTo } from '../text/code-points.ts';
import { shown } from '../text/shown.ts';

/** What changed over time: a name for each line, and a value for each label; not a number where nothing was measured. */
export interface Series {
  readonly title: string;
  readonly unit: string;
  /** What the labels are: `UTC`. */
  readonly axis?: string;
  readonly labels: readonly string[];
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** A line chart that Slack draws itself: 1 to 12 lines of 1 to 20 points, and a value for every label. */
interface DataVisualizationBlock extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label?: string;
      readonly y_label?: string;
    };
  };
}

const most = { lines: 12, points: 20, label: 20, title: 50 } as const;

/** At most `count` of them, the first and the last among them. */
function spread(indices: readonly number[], count: number): readonly number[] {
  if (indices.length <= count) return indices;
  return Array.from(
    { length: count },
    (_, place) => indices[Math.round((place * (indices.length - 1)) / (count - 1))] ?? 0,
  );
}

function distinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function chartOf({ title, unit, axis = '', labels, lines }: Series): DataVisualizationBlock | undefined {
  const measured = labels
    .map((_, index) => index)
    .filter((index) => lines.every(({ values }) => Number.isFinite(values[index])));
  const places = spread(measured, most.points);
  const categories = places.map((index) => shown(labels[index] ?? '', most.label));
  const names = lines.map(({ name }) => shown(name, most.label));
  // Slack joins points by their labels: two of one name would be one.
  if (
    lines.length === 0 ||
    lines.length > most.lines ||
    places.length === 0 ||
    !distinct(categories) ||
    !distinct(names) ||
    [...categories, ...names].includes('')
  ) {
    return undefined;
  }
  const series = lines.map(({ values }, line) => ({
    name: names[line] ?? '',
    data: places.map((index, place) => ({ label: categories[place] ?? '', value: values[index] ?? 0 })),
  }));
  const [across, up] = [shown(axis, most.title), shown(unit, most.title)];
  return {
    type: 'data_visualization',
    title: cutTo(shown(title, most.title) || 'Chart', most.title),
    chart: {
      type: 'line',
      series,
      axis_config: { categories, ...(across === '' ? {} : { x_label: across }), ...(up === '' ? {} : { y_label: up }) },
    },
  };
}

/** `07:52:30` */
function clockTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 19);
}

function number(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(4)));
}

/** A chart where Slack can draw it, else a table. https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export function seriesBlocks(series: Series): readonly KnownBlock[] {
  const chart = chartOf(series);
  // @slack/types 3.2 does not know this block yet.
  if (chart !== undefined) return [chart as unknown as KnownBlock];
  const { labels, lines, unit, axis = unit } = series;
  return tableBlocks({
    columns: [axis === '' ? ' ' : axis, ...lines.map(({ name }) => name)],
    rows: labels.map((label, index) => [label, ...lines.map(({ values }) => number(values[index]))]),
  });
}

/** What a metric was over time; times are UTC, since a chart has no clock of its reader's. */
export function drawingBlocks(title: string, { lines }: Drawing): readonly KnownBlock[] {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([time]) => time)))].toSorted((a, b) => a - b);
  const valuesOf = (points: Drawing['lines'][number]['points']): readonly number[] => {
    const known = new Map(points);
    return times.map((time) => known.get(time) ?? Number.NaN);
  };
  const labels = times.map((time) => clockTime(time));
  return seriesBlocks({
    title,
    unit: '',
    axis: 'UTC',
    labels,
    lines: lines.map(({ name, points }, index) => ({
      name: name === '' ? `series ${index + 1}` : name,
      values: valuesOf(points),
    })),
  });
}
