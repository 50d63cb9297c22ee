import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKind, monitoringUnavailableReason } from '../../bed/fixtures.ts';
import type { KindBed } from '../../bed/fixtures.ts';
import { until } from '../../bed/host/wait.ts';
import { bundleBoth } from '../../bot/incident-scene.ts';
import type { BothBundles } from '../../bot/incident-scene.ts';
import { ClusterHand } from '../cluster-hand.ts';
import { prepare } from '../judge.ts';
import type { Trial } from '../judge.ts';
import { loadScenarios } from '../scenario.ts';
import { postStorm, stormNames, stormSize } from './alert-storm.ts';
import { allIsOne, causeIsFound, isOver, takenUp, threadsOf, twoPeopleAgree, waitForFinding } from './incident-walk.ts';
import { monitoredScene } from './monitored-scene.ts';
import type { MonitoredScene } from './monitored-scene.ts';

const reason = await monitoringUnavailableReason();

/** Which rules fire at least, which scenario is the fault, and who mends it: Scarlet after two people's yes, or somebody by hand. */
const faults = [
  {
    title: 'a crash loop after a rollout',
    scenario: 'crashes/variable-is-missing-in-a-new-revision',
    alerts: ['KubePodCrashLooping'],
    mends: 'scarlet',
  },
  {
    title: 'a program whose memory limit is too small',
    scenario: 'crashes/limit-is-below-a-steady-need',
    alerts: ['KubePodCrashLooping'],
    mends: 'scarlet',
  },
  {
    title: 'a Service that nobody answers for',
    scenario: 'network/selector-matches-no-pod',
    alerts: ['KubeServiceWithoutEndpoints'],
    mends: 'scarlet',
  },
  {
    title: 'a quota that is used up',
    scenario: 'admission/quota-of-pods-is-used-up',
    alerts: ['KubeQuotaFullyUsed', 'KubeDeploymentReplicasMismatch'],
    mends: 'hand',
  },
  {
    title: 'a probe that asks the wrong port',
    scenario: 'probes/readiness-asks-the-wrong-port',
    alerts: ['KubeDeploymentReplicasMismatch'],
    mends: 'scarlet',
  },
  {
    title: 'a database that is scaled to zero',
    scenario: 'network/dependency-is-scaled-to-zero',
    alerts: ['KubeDeploymentReplicasMismatch'],
    mends: 'scarlet',
  },
  {
    title: 'a dependency whose certificate has expired',
    scenario: 'crashes/certificate-of-the-dependency-is-expired',
    alerts: ['KubePodCrashLooping'],
    mends: 'hand',
  },
  {
    title: 'a claim whose storage class does not exist',
    scenario: 'storage/class-does-not-exist',
    alerts: ['KubePersistentVolumeClaimPending', 'KubeDeploymentReplicasMismatch'],
    mends: 'hand',
  },
] as const;

const all = loadScenarios('kind');

function trialOf(name: string): Trial {
  const [trial] = prepare(all.filter((scenario) => scenario.name === name));
  if (trial === undefined) throw new Error(`there is no scenario ${name}`);
  return trial;
}

describe.skipIf(reason !== undefined)(
  `incidents of a real cluster, from Prometheus to Slack and back${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let bed: KindBed;
    let hand: ClusterHand;
    let bundles: BothBundles;

    beforeAll(async () => {
      [bed, bundles] = await Promise.all([ensureKind(), bundleBoth()]);
      hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
    });
    afterAll(async () => {
      bundles?.remove();
      await bed?.stop();
    });

    /** With the scenario in a namespace of its own; all of it goes afterwards. */
    const within = async (trial: Trial, play: (scene: MonitoredScene) => Promise<void>): Promise<void> => {
      await hand.createNamespaces([trial.sick]);
      const scene = await monitoredScene({ kubeconfig: bed.kubeconfigPath, namespaces: [trial.sick], bundles });
      try {
        await hand.applyAll(trial.sick, trial.scenario.sick);
        await play(scene);
      } finally {
        await scene.close();
        await hand.remove(new Map([[trial.sick, trial.scenario.sick]]));
      }
    };

    /** Puts what is right where it is wrong; what cannot be changed in its place goes first. */
    const mendedByHand = async ({ sick, scenario }: Trial): Promise<void> => {
      for (const { text } of scenario.healthy) {
        const manifest = text.replaceAll('$NS', sick);
        const { code } = await hand.run(['-n', sick, 'apply', '-f', '-'], manifest);
        if (code !== 0) await hand.must(['-n', sick, 'replace', '--force', '-f', '-'], manifest);
      }
    };

    it.each(faults)(
      '$title is one thread with its cause, is mended, and ends with a timeline and a post-mortem',
      async ({ scenario, alerts, mends }) => {
        const trial = trialOf(scenario);
        const { code, object } = trial.scenario;
        await within(trial, async (scene) => {
          const found = await causeIsFound(scenario.replace('/', '-'), scene, { code, object, namespace: trial.sick });
          process.stderr.write(
            `${scenario}: ${waitForFinding(scene)} ms from Alertmanager's post to a finding in Slack\n`,
          );
          await allIsOne(scene, alerts);
          await (mends === 'scarlet' ? twoPeopleAgree(found) : takenUp(found));
          if (mends === 'hand') await mendedByHand(trial);
          const incident = await isOver(found);
          expect(incident.alerts.every(({ state }) => state === 'resolved')).toBe(true);
          expect(await threadsOf(scene)).toHaveLength(1);
        });
      },
      900_000,
    );

    it('a storm of five hundred alerts is one thread with what is behind all of them', async () => {
      const trial = trialOf('network/dependency-is-scaled-to-zero');
      const { code, object } = trial.scenario;
      await within(trial, async (scene) => {
        const began = Date.now();
        const alerts = { namespace: trial.sick, workload: 'api', began };
        await postStorm(scene.alertmanager.url, { ...alerts, isOver: false });
        const found = await causeIsFound('storm', scene, { code, object, namespace: trial.sick });
        process.stderr.write(`storm: ${waitForFinding(scene)} ms from Alertmanager's post to a finding in Slack\n`);
        const [storm, ...others] = await until(
          { for: 'all of them to be one incident', seconds: 120, everyMs: 500 },
          async () => {
            const ongoing = (await scene.incidents()).filter(({ state }) => state !== 'merged');
            return ongoing.length === 1 &&
              ongoing[0]?.alerts.filter(({ name }) => name.startsWith('ErrorBudgetBurn')).length === stormSize
              ? ongoing
              : undefined;
          },
        );
        expect(others).toEqual([]);
        expect(storm?.groupKeys.length).toBeGreaterThanOrEqual(stormNames);
        await takenUp(found);
        await mendedByHand(trial);
        await postStorm(scene.alertmanager.url, { ...alerts, isOver: true });
        await isOver(found);
        expect(await threadsOf(scene)).toHaveLength(1);
      });
    }, 900_000);
  },
);
