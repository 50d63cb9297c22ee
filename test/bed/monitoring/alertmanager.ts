import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../control-plane/ports.ts';
import { startProgram, type StartedProgram } from './program-process.ts';
import { alertmanagerProgram } from './programs.ts';

/** Who is told of alerts, and by which token. */
export type Webhook = { url: string; token: string };

function configurationOf(webhook: Webhook | undefined): object {
  const receiver =
    webhook === undefined
      ? {}
      : {
          webhook_configs: [
            {
              url: webhook.url,
              send_resolved: true,
              max_alerts: 500,
              http_config: { authorization: { type: 'Bearer', credentials: webhook.token } },
            },
          ],
        };
  return {
    global: { resolve_timeout: '10s' },
    route: {
      receiver: 'test',
      group_by: ['alertname', 'namespace'],
      group_wait: '0s',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [{ name: 'test', ...receiver }],
  };
}

/** A real Alertmanager on a free port, alone: it looks for no others. Groups are told at once, and changes within a second. */
export async function startAlertmanager(webhook?: Webhook): Promise<StartedProgram> {
  const alertmanager = await alertmanagerProgram();
  const [port = 0] = await freePorts(1);
  return await startProgram({
    name: 'alertmanager',
    command: alertmanager,
    port,
    readyPath: '/-/ready',
    args: (folder) => [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    prepare: (folder) => writeFileSync(join(folder, 'alertmanager.yml'), JSON.stringify(configurationOf(webhook))),
  });
}
