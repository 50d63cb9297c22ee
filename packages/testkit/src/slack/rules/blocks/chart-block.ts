import { list, needed, number, object, optional, text, typed, variant } from '../rule.ts';
import type { Condition } from '../rule.ts';
import { most } from '../limits.ts';
import { block } from './block-rule.ts';

const label = text(most('chartLabel'));
const point = object({ label: needed(label), value: needed(number()) });
const series = object({ name: needed(label), data: needed(list(point, { min: 1, max: most('chartCategories') })) });
const axis = object({
  categories: needed(list(label, { min: 1, max: most('chartCategories') })),
  x_label: optional(text(most('axisLabel'))),
  y_label: optional(text(most('axisLabel'))),
});
const oneForEach: Condition = { kind: 'a-point-for-each', series: 'series', axis: 'axis_config' };

function overAxis(type: string): ReturnType<typeof typed> {
  return typed(
    type,
    { series: needed(list(series, { min: 1, max: most('chartSeries') })), axis_config: needed(axis) },
    { kind: 'distinct', list: 'series', by: 'name' },
    oneForEach,
  );
}

const segment = object({ label: needed(label), value: needed(number({ above: 0 })) });
const pie = typed('pie', { segments: needed(list(segment, { min: 1, max: most('chartSegments') })) });

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const dataVisualization = block('data_visualization', ['message', 'home'], {
  title: needed(text(most('chartTitle'))),
  chart: needed(variant('chart', pie, overAxis('line'), overAxis('bar'), overAxis('area'))),
});
