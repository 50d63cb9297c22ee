import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { goTool } from '../../../bed/build/go-tools.ts';
import { startArgoCd } from '../../../bed/delivery/argocd.ts';
import { startFlux } from '../../../bed/delivery/flux.ts';
import { startGitHost } from '../../../bed/delivery/git-host.ts';
import { deliveryUnavailableReason } from '../../../bed/fixtures.ts';
import { walkScene } from '../walk-scene.ts';
import { argoWalks } from './argo-cd.ts';
import type { DeliveryGround } from './delivery-ground.ts';
import { fluxWalks } from './flux.ts';
import { helmWalks } from './helm.ts';

const reason = await deliveryUnavailableReason();
const patience = 300_000;

describe.skipIf(reason !== undefined)(
  `with the real tools on a real cluster${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let ground: DeliveryGround;
    const closing: (() => Promise<void> | void)[] = [];

    beforeAll(async () => {
      const helm = await goTool('helm');
      const homes = mkdtempSync(join(tmpdir(), 'autodevops-walk-helm-'));
      closing.push(() => rmSync(homes, { recursive: true, force: true }));
      // Where the agent looks for the program, as a person's shell says it.
      vi.stubEnv('PATH', `${helm}${delimiter}${process.env['PATH'] ?? ''}`);
      for (const place of ['CACHE', 'CONFIG', 'DATA']) vi.stubEnv(`HELM_${place}_HOME`, join(homes, place));
      closing.push(() => void vi.unstubAllEnvs());
      const host = await startGitHost();
      closing.push(async () => await host.close());
      // The kinds of these tools on the shared cluster would be seen by every scenario there.
      const scene = await walkScene({ cluster: 'autodevops-delivery' });
      closing.push(async () => await scene.close());
      for (const start of [startFlux, startArgoCd]) {
        const { stop } = await start(scene.bed);
        closing.push(stop);
      }
      ground = { scene, host };
    });

    afterAll(async () => {
      for (const end of closing.toReversed()) await end();
    });

    it.concurrent.each(Object.entries({ ...fluxWalks, ...helmWalks }))(
      '%s',
      async (_name, walk) => {
        await walk(ground);
      },
      patience,
    );

    // One after another: every Application lies in one namespace.
    it.each(Object.entries(argoWalks))(
      '%s',
      async (_name, walk) => {
        await walk(ground);
      },
      patience,
    );
  },
);
