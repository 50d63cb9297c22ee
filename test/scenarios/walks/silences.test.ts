import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alerts } from '../../../packages/domain/src/ports/signals.ts';
import { alertmanager } from '../../../packages/signals/src/alertmanager/alertmanager.ts';
import { httpCarrier } from '../../../packages/signals/src/carrying/http-carrier.ts';
import { monitoringUnavailableReason } from '../../bed/fixtures.ts';
import { startAlertmanager } from '../../bed/monitoring/alertmanager.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { ask, named } from '../../contract/tools/delivery-scene.ts';
import { startStateExporter } from '../incidents/state-exporter.ts';
import { causeIn, comesTrue, walkScene } from './walk-scene.ts';
import type { WalkScene } from './walk-scene.ts';
import { deployment } from './workloads.ts';

const reason = await monitoringUnavailableReason();
const firing = 'signal.alert.firing';
const hour = 3_600_000;

/** Of a Deployment that is to run alone, this is noise. */
const rules = `groups:
  - name: walk
    rules:
      - {alert: RunsAlone, expr: kube_deployment_spec_replicas < 2, labels: {severity: warning}}
`;

const alertIn = (namespace: string) => named('alertmanager/v2', 'Alert', namespace, 'RunsAlone');
const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(60_000) });

describe.skipIf(reason !== undefined)(
  `alerts of a real cluster${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let scene: WalkScene;
    let alerts: Alerts;
    let noisy: string;
    let hidden: string;
    const closing: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      const manager = await startAlertmanager();
      closing.push(manager.stop);
      scene = await walkScene({ alertmanager: { url: manager.url } });
      closing.push(scene.close);
      [noisy, hidden] = [await scene.namespace(deployment('web')), await scene.namespace(deployment('web'))];
      const exporter = await startStateExporter(scene.bed.kubeconfigPath, [noisy, hidden]);
      closing.push(exporter.close);
      const prometheus = await startPrometheus({
        targets: [{ address: exporter.address }],
        rules,
        alertmanager: new URL(manager.url).host,
      });
      closing.push(prometheus.stop);
      alerts = alertmanager({ carrier: httpCarrier({ url: manager.url }), deadline: 20_000 });
      await comesTrue('both alerts fire', async () => (await alerts.alerts(soon())).length === 2);
    });

    afterAll(async () => {
      for (const end of closing.toReversed()) await end();
    });

    const told = async (namespace: string): Promise<boolean> =>
      (await scene.agent.fixes(namespace)).some(({ cause }) => cause.code === firing);

    it('alertmanager-silence-create: what is known to be noise is no finding any more, until the silence ends', async () => {
      const { cause } = await causeIn(scene, noisy, firing);
      const silence = ask('alertmanager-silence-create', alertIn(noisy), { minutes: 30, why: 'It is to run alone.' });
      const change = await scene.carryOut([silence], cause);
      expect(change.state, change.says).toBe('succeeded');
      expect(change.says).toContain(`"${cause.title}" on`);
      expect(await told(noisy)).toBe(false);
      const back = await scene.takeBack(change);
      expect(back.state, back.says).toBe('succeeded');
      await comesTrue('Jamie tells of it again', async () => await told(noisy));
    });

    it('alertmanager-silence-expire: what a silence hides, Jamie tells of again', async () => {
      const matchers = { alertname: 'RunsAlone', namespace: hidden };
      const silence = await alerts.silence(
        {
          matchers: Object.entries(matchers).map(([name, value]) => ({ name, value, isRegex: false, isEqual: true })),
          startsAt: new Date().toISOString(),
          endsAt: new Date(Date.now() + hour).toISOString(),
          createdBy: 'Ann',
          comment: 'Known.',
        },
        soon(),
      );
      await comesTrue('nobody is told of it', async () => !(await told(hidden)));
      const change = await scene.carryOut([ask('alertmanager-silence-expire', alertIn(hidden), { silence })]);
      expect(change.state, change.says).toBe('succeeded');
      expect(await told(hidden)).toBe(true);
    });
  },
);
