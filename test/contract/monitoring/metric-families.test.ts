import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../agent-core/src/jamie/diagnose.ts';
import type { Diagnosis } from '../../../packages/domain/src/diagnosis.ts';
import { refKey } from '../../../packages/domain/src/object-ref.ts';
import type { ClusterReader } from '../../../packages/domain/src/ports/cluster.ts';
import type { Metrics } from '../../../packages/domain/src/ports/signals.ts';
import type { Snapshot } from '../../../packages/domain/src/snapshot.ts';
import { httpCarrier } from '../../../packages/signals/src/carrying/http-carrier.ts';
import { prometheus } from '../../../packages/signals/src/prometheus/prometheus.ts';
import { monitoringUnavailableReason } from '../../bed/fixtures.ts';
import type { StartedProgram } from '../../bed/monitoring/program-process.ts';
import { startPrometheus } from '../../bed/monitoring/prometheus.ts';
import { wellCluster } from './measured-cluster.ts';
import { metricFamilies, nodeFamilies, namedFamilies } from './metric-families.ts';
import type { MetricFamily } from './metric-families.ts';
import { openMetrics } from './open-metrics.ts';

const reason = await monitoringUnavailableReason();
const minute = 60_000;
const minutes = 180;
const now = Math.floor(Date.now() / minute) * minute;
const [began, start] = [now - 30 * minute, now - minutes * minute];

function clusterOf({ namespace, store }: MetricFamily): Snapshot {
  return wellCluster(
    namespace,
    [{ name: 'front' }, { name: 'web' }, ...(store === true ? [{ name: 'db', kind: 'StatefulSet' as const }] : [])],
    now,
  );
}

async function answer(snapshot: Snapshot, metrics?: Metrics): Promise<Diagnosis> {
  const reader: ClusterReader = {
    source: 'test',
    ...(metrics === undefined ? {} : { signals: { metrics, within: 20_000 } }),
    snapshot: async () => await Promise.resolve(snapshot),
    logs: async () => await Promise.resolve([]),
    close: async () => await Promise.resolve(),
  };
  return await diagnose(reader, {}, { signal: AbortSignal.timeout(60_000) });
}

/** The same series as a record holds them: raw. */
function recorded(family: MetricFamily): Snapshot {
  const times = Array.from({ length: minutes + 1 }, (_, index) => start + index * minute);
  const series = family.series(began, start).map(({ name, labels, value }) => ({
    query: name,
    labels: { __name__: name, ...labels },
    points: times.map((time) => [time / 1000, value(time)] as const),
  }));
  return clusterOf(family).withSignals({ series, blindSpots: [] });
}

/** What signals say, whether or not anybody feels it. */
function told({ causes, information }: Diagnosis): readonly string[] {
  return [...causes, ...information]
    .filter(({ code }) => code.startsWith('signal.'))
    .map(({ code, object }) => `${code} at ${refKey(object)}`);
}

describe.skipIf(reason !== undefined)(
  `what a real Prometheus tells of each family of metrics${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    const programs: StartedProgram[] = [];
    let ofPods: Metrics;
    let ofNames: Metrics;
    let ofNodes: Metrics;

    async function prometheusWith(families: readonly MetricFamily[]): Promise<Metrics> {
      const program = await startPrometheus({
        history: openMetrics(
          now,
          minutes,
          families.flatMap(({ series }) => series(began, start)),
        ),
      });
      programs.push(program);
      return prometheus({ carrier: httpCarrier({ url: program.url }), deadline: 20_000 });
    }

    beforeAll(async () => {
      [ofPods, ofNames, ofNodes] = [
        await prometheusWith(metricFamilies),
        await prometheusWith(namedFamilies),
        await prometheusWith(nodeFamilies),
      ];
    });
    afterAll(async () => {
      await Promise.all(programs.map(async (program) => await program.stop()));
    });

    it.each(metricFamilies)('of $namespace the same as a record of it: $code', async (family) => {
      const expected = [`${family.code} at ${family.object}`];
      expect(told(await answer(recorded(family)))).toEqual(expected);
      expect(told(await answer(clusterOf(family), ofPods))).toEqual(expected);
    });

    it.each(namedFamilies)(
      'of a name without a namespace ($namespace) the same as a record of it: $code',
      async (family) => {
        const expected = `${family.code} at ${family.object}`;
        expect(told(await answer(recorded(family)))).toEqual([expected]);
        expect(told(await answer(clusterOf(family), ofNames))).toContain(expected);
      },
    );

    it('of nodes what each of them is short of', async () => {
      const [family] = nodeFamilies;
      const found = family === undefined ? undefined : await answer(clusterOf(family), ofNodes);
      const live = [...(found?.causes ?? []), ...(found?.information ?? [])]
        .flatMap(({ code, object, symptoms }) => [{ code, object }, ...symptoms])
        .map(({ code, object }) => `${code} at ${refKey(object)}`);
      for (const each of nodeFamilies) {
        const expected = `${each.code} at ${each.object}`;
        expect(told(await answer(recorded(each)))).toEqual([expected]);
        expect(live).toContain(expected);
      }
    });
  },
);
