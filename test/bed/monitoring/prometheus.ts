import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../control-plane/ports.ts';
import { run } from '../host/command.ts';
import { startProgram, type StartedProgram } from './program-process.ts';
import { prometheusPrograms } from './programs.ts';

export type PrometheusChoice = {
  /** `127.0.0.1:PORT` of what is scraped, and the labels that it gets. */
  targets?: readonly { address: string; labels?: Readonly<Record<string, string>> }[];
  /** Seconds between scrapes and between looks at the rules; 1 if not given. An alert that was not sent for four of them is over. */
  everySeconds?: number;
  /** A file of rules. */
  rules?: string;
  /** Where alerts go: `127.0.0.1:PORT`. */
  alertmanager?: string;
  /** Samples of the past, in the OpenMetrics format, with seconds and ending in `# EOF`. */
  history?: string;
};

function configurationOf({ targets = [], alertmanager, rules, everySeconds = 1 }: PrometheusChoice): object {
  const pace = `${everySeconds}s`;
  return {
    global: { scrape_interval: pace, scrape_timeout: pace, evaluation_interval: pace },
    ...(rules === undefined ? {} : { rule_files: ['rules.yml'] }),
    ...(alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } }),
    scrape_configs: [
      {
        job_name: 'test',
        honor_labels: true,
        static_configs: targets.map(({ address, labels = {} }) => ({ targets: [address], labels })),
      },
    ],
  };
}

/** A real Prometheus on a free port, with what it remembers in a folder that goes with it. */
export async function startPrometheus(choice: PrometheusChoice = {}): Promise<StartedProgram> {
  const { prometheus, promtool } = await prometheusPrograms();
  const [port = 0] = await freePorts(1);
  return await startProgram({
    name: 'prometheus',
    command: prometheus,
    port,
    readyPath: '/-/ready',
    args: (folder) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
      '--storage.tsdb.retention.time=30d',
      `--rules.alert.resend-delay=${choice.everySeconds ?? 1}s`,
    ],
    prepare: async (folder) => {
      // JSON is YAML.
      writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(configurationOf(choice)));
      if (choice.rules !== undefined) writeFileSync(join(folder, 'rules.yml'), choice.rules);
      if (choice.history === undefined) return;
      writeFileSync(join(folder, 'history.txt'), choice.history);
      await run(
        promtool,
        ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'history.txt'), join(folder, 'data')],
        { seconds: 120 },
      );
    },
  });
}
