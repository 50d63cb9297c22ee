import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleBoth, incidentScene } from '../bot/incident-scene.ts';
import type { BothBundles } from '../bot/incident-scene.ts';
import { killedIncident } from '../bot/killed-incident.ts';
import type { KilledIncident } from '../bot/killed-incident.ts';

/** AUTODEVOPS_KILL_SCALE=10 makes it twenty walks: each is an incident from its alert to its end, and takes half a minute. */
const walks = 2 * Number(process.env['AUTODEVOPS_KILL_SCALE'] ?? 1);
const firstSeed = Number(process.env['AUTODEVOPS_KILL_SEED'] ?? 1);

let bundles: BothBundles;
beforeAll(async () => {
  bundles = await bundleBoth();
}, 120_000);
afterAll(() => bundles.remove());

it(
  'an incident whose bot and agent are killed again and again loses nothing, says nothing twice and does nothing twice',
  async ({ annotate }) => {
    const all: KilledIncident[] = [];
    for (let seed = firstSeed; seed < firstSeed + walks; seed += 1) {
      const scene = await incidentScene(bundles, { proposes: seed % 2 === 0 });
      all.push(await killedIncident(seed, scene));
      // What goes on of one would slow down the others.
      await scene.close();
    }
    const kills = all.flatMap((one) => Object.values(one.kills)).reduce((sum, count) => sum + count, 0);
    await annotate(`${kills} kills in ${all.length} incidents`);
    expect(all.flatMap(({ seed, wrong }) => wrong.map((what) => `seed ${seed}: ${what}`))).toEqual([]);
    expect(kills).toBeGreaterThan(2 * walks);
  },
  600_000 * walks,
);
