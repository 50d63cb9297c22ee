/** One series of the past; times in milliseconds. */
export interface PastSeries {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: (time: number) => number;
}

/** The samples of so many minutes up to a moment, one a minute, as `promtool tsdb create-blocks-from openmetrics` reads them. */
export function openMetrics(end: number, minutes: number, series: readonly PastSeries[]): string {
  const names = [...new Set(series.map(({ name }) => name))];
  const lines = names.flatMap((name) => {
    const own = series.filter((one) => one.name === name);
    const samples = own.flatMap(({ labels, value }) =>
      Array.from({ length: minutes + 1 }, (_, index) => {
        const time = end - (minutes - index) * 60_000;
        return `${name}{${Object.entries(labels)
          .map(([key, text]) => `${key}="${text}"`)
          .join(',')}} ${value(time)} ${time / 1000}`;
      }),
    );
    // A counter's family is named without the ending of its samples: https://prometheus.io/docs/specs/om/open_metrics_spec/#counter
    return [
      `# TYPE ${own[0]?.type === 'counter' ? name.replace(/_total$/, '') : name} ${own[0]?.type ?? 'gauge'}`,
      ...samples,
    ];
  });
  return `${lines.join('\n')}\n# EOF\n`;
}
