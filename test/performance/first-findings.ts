import { usualPace } from '../../bot/src/following/following.ts';
import { botScene } from '../bot/bot-scene.ts';
import { brokenWorkloads } from './broken-workload.ts';
import { bundlePrograms } from './bundled-programs.ts';
import { firstFinding } from './first-finding.ts';
import type { FirstFinding } from './first-finding.ts';
import { median } from './measured-process.ts';
import { servedCustomer } from './served-customer.ts';
import { percentile } from './series.ts';
import type { Begun } from './series.ts';

/** As many broken workloads as incidents, each of which has a cause of its own. */
const [pods, brokenOneIn] = [1000, 5];

/** Twenty incidents one after another: from Alertmanager's post at the agent to the cause in the thread. */
export async function beginFirstFindings(): Promise<Begun> {
  const bundles = await bundlePrograms();
  const customer = await servedCustomer('acme', bundles, pods, brokenOneIn);
  const bots = await botScene({ bundle: bundles.bot, customers: [customer], pace: usualPace });
  await bots.start();
  let round = 0;
  return {
    measure: async () => {
      const found: FirstFinding[] = [];
      round += 1;
      for (const workload of brokenWorkloads(pods, brokenOneIn)) {
        found.push(await firstFinding(bots.slack, customer, workload, `round-${round}`));
      }
      const all = found.map((one) => one.all);
      return {
        p50: percentile(all, 0.5),
        p95: percentile(all, 0.95),
        first: all[0] ?? Number.NaN,
        reply: median(found.map((one) => one.reply)),
        keeping: median(found.map((one) => one.keeping)),
        diagnosing: median(found.map((one) => one.diagnosing)),
        telling: median(found.map((one) => one.telling)),
      };
    },
    end: async () => {
      await bots.close();
      await customer.close();
      bundles.remove();
    },
  };
}
