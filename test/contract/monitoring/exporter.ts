import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a program exports of itself: gauges that a test sets. */
export interface Exporter {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly set: (series: string, value: number) => void;
  readonly close: () => Promise<void>;
}

/** `name{label="value"}` and its value, in the text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export async function startExporter(values: Readonly<Record<string, number>>): Promise<Exporter> {
  const present = new Map(Object.entries(values));
  const text = (): string =>
    [...new Set([...present.keys()].map((series) => series.replace(/\{.*/, '')))]
      .flatMap((name) => [
        `# HELP ${name} Of a test.`,
        `# TYPE ${name} gauge`,
        ...[...present]
          .filter(([series]) => series.replace(/\{.*/, '') === name)
          .map(([series, value]) => `${series} ${value}`),
      ])
      .join('\n');
  const server = createServer(
    (_request, response) => void response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(`${text()}\n`),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (series, value) => void present.set(series, value),
    close: async () =>
      await new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
