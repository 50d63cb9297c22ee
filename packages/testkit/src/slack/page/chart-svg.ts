import { tag } from './html.ts';
import type { Html } from './html.ts';
import { part, parts, word } from './value.ts';
import type { Value } from './value.ts';

const size = { width: 480, height: 200, margin: 34 } as const;
const colours = [
  '#1264a3',
  '#e01e5a',
  '#2eb67d',
  '#ecb22e',
  '#611f69',
  '#36c5f0',
  '#8d3b00',
  '#5b5b5b',
  '#007a5a',
  '#b41541',
  '#8a6100',
  '#2b5797',
];

function colour(index: number): string {
  return colours[index % colours.length] ?? '#000';
}

function legend(names: readonly string[]): Html {
  return tag(
    'figcaption',
    {},
    ...names.map((name, index) => tag('span', {}, tag('i', { style: `background:${colour(index)}` }), ` ${name} `)),
  );
}

function pieHtml(chart: Value): Html {
  const segments = parts(chart, 'segments');
  const sum = segments.reduce((all, segment) => all + Number(word(segment, 'value')), 0);
  let from = 0;
  const slices = segments.map((segment, index) => {
    const share = (Number(word(segment, 'value')) / sum) * 100;
    const slice = tag('circle', {
      r: 40,
      cx: 100,
      cy: 100,
      fill: 'none',
      stroke: colour(index),
      'stroke-width': 80,
      pathLength: 100,
      'stroke-dasharray': `${share} ${100 - share}`,
      'stroke-dashoffset': -from,
    });
    from += share;
    return slice;
  });
  return tag(
    'div',
    {},
    tag('svg', { viewBox: '0 0 200 200', width: 200, height: 200 }, ...slices),
    legend(segments.map((segment) => word(segment, 'label'))),
  );
}

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

function scaleOf(values: readonly number[], points: number): Scale {
  const [low, high] = [Math.min(0, ...values), Math.max(...values, Number.MIN_VALUE)];
  const { width, height, margin } = size;
  return {
    x: (index) => margin + ((index + 0.5) * (width - 2 * margin)) / Math.max(1, points),
    y: (value) => height - margin - ((value - low) / (high - low || 1)) * (height - 2 * margin),
  };
}

function marksOf(type: string, values: readonly number[], line: number, lines: number, scale: Scale): readonly Html[] {
  if (type === 'bar') {
    const wide = Math.max(2, (size.width - 2 * size.margin) / Math.max(1, values.length) / (lines + 1));
    return values.map((value, index) =>
      tag('rect', {
        x: scale.x(index) + (line - lines / 2) * wide,
        y: Math.min(scale.y(value), scale.y(0)),
        width: wide,
        height: Math.abs(scale.y(0) - scale.y(value)),
        fill: colour(line),
      }),
    );
  }
  const points = values.map((value, index) => `${scale.x(index)},${scale.y(value)}`);
  const area =
    type === 'area'
      ? [
          tag('polygon', {
            points: [`${scale.x(0)},${scale.y(0)}`, ...points, `${scale.x(values.length - 1)},${scale.y(0)}`].join(' '),
            fill: colour(line),
            opacity: 0.25,
          }),
        ]
      : [];
  return [
    ...area,
    tag('polyline', { points: points.join(' '), fill: 'none', stroke: colour(line), 'stroke-width': 2 }),
  ];
}

function axisHtml(chart: Value): Html {
  const series = parts(chart, 'series');
  const categories = (part(chart, 'axis_config')['categories'] ?? []) as readonly string[];
  const lines = series.map((one) =>
    categories.map((category) =>
      Number(
        word(
          parts(one, 'data').find((point) => word(point, 'label') === category),
          'value',
        ),
      ),
    ),
  );
  const all = lines.flat();
  const scale = scaleOf(all, categories.length);
  const every = Math.ceil(categories.length / 6);
  const labels = categories.map((category, index) =>
    index % every === 0
      ? tag('text', { x: scale.x(index), y: size.height - 12, 'text-anchor': 'middle' }, category)
      : tag('g'),
  );
  const levels = [Math.min(0, ...all), Math.max(...all, 0)].map((value) =>
    tag('text', { x: 4, y: scale.y(value) + 4 }, String(Number(value.toPrecision(3)))),
  );
  const base = tag('line', {
    x1: size.margin,
    x2: size.width - size.margin,
    y1: scale.y(0),
    y2: scale.y(0),
    stroke: '#bbb',
  });
  return tag(
    'div',
    {},
    tag(
      'svg',
      { viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height },
      base,
      ...labels,
      ...levels,
      ...lines.flatMap((values, index) => marksOf(word(chart, 'type'), values, index, lines.length, scale)),
    ),
    legend(series.map((one) => word(one, 'name'))),
  );
}

/** A `data_visualization` block. */
export function chartHtml(block: Value): Html {
  const chart = part(block, 'chart');
  return tag(
    'figure',
    { class: 'chart' },
    tag('strong', {}, word(block, 'title')),
    word(chart, 'type') === 'pie' ? pieHtml(chart) : axisHtml(chart),
  );
}
