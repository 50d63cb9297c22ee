import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { hostOptions } from '../../packages/workspace/build/extension-bundle.ts';
import { bytesOf, loadedAtActivation } from '../../packages/workspace/build/loaded-at-activation.ts';
import { openActivationWindow } from '../editor/activation-window.ts';
import { CHROMIUM } from '../editor/available.ts';
import { packagedExtension } from '../editor/packaged-extension.ts';
import type { Figures, Series } from './series.ts';

const extension = join(import.meta.dirname, '..', '..', 'extension');

/** The bounds are those of the test of the bundle in `test/architecture`: a kB has 1,024 bytes. */
async function sizes(): Promise<Figures> {
  const { metafile } = await build({
    ...hostOptions(extension, join(extension, 'dist')),
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  return {
    activation: bytesOf(outputs, loadedAtActivation(outputs)) / 1024,
    bundle: bytesOf(outputs, Object.keys(outputs)) / 1024,
    package: statSync(await packagedExtension()).size / 1_000_000,
  };
}

/** What the extension has in it: the same in every round. */
const sizeSeries: Series = {
  what: 'the size of the extension',
  mostRounds: 1,
  begin: async () => ({ measure: sizes, end: async () => undefined }),
  rows: [
    {
      what: 'code that the editor reads to activate the extension',
      unit: 'kB',
      figure: 'activation',
      goal: { atMost: 96 },
    },
    {
      what: 'main bundle of the extension, with all that is loaded later',
      unit: 'kB',
      figure: 'bundle',
      goal: { atMost: 1024 },
    },
    { what: 'package of the extension, with the program of the agent', unit: 'MB', figure: 'package' },
  ],
};

/** How long it takes to come to life, as the editor itself counts it. */
const activationSeries: Series = {
  what: 'activation of the extension',
  begin: async () => {
    const { window, measure } = await openActivationWindow();
    return {
      measure: async () => {
        const { own, empty } = await measure();
        return { over: own - empty };
      },
      end: async () => await window.close(),
    };
  },
  rows: [
    {
      what: 'activation of the extension, over an empty one in the same host',
      unit: 'ms',
      figure: 'over',
      goal: { atMost: 100 },
    },
  ],
};

/** Without an editor to show it in, its sizes alone. */
export function extensionSeries(): readonly Series[] {
  if (existsSync(CHROMIUM)) return [sizeSeries, activationSeries];
  process.stderr.write('left out: the activation of the extension (no Chromium; install the package chromium)\n');
  return [sizeSeries];
}
