// The thread that draws one picture: it is born with the drawing, tells its PNG, and ends. Laying out and drawing hold a
// thread for up to seconds, in which the bot has to acknowledge what Slack sends.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { instance } from '@viz-js/viz';
import { dotGraph } from './dot-graph.ts';
import type { Drawing } from './drawing.ts';

/** In a build it lies beside the program, else where its package is installed. */
async function asset(name: string, installed: string): Promise<Uint8Array> {
  const beside = new URL(name, import.meta.url);
  return await readFile(existsSync(beside) ? beside : new URL(import.meta.resolve(installed)));
}

async function drawn(drawing: Drawing): Promise<Uint8Array> {
  const [viz, program, font] = await Promise.all([
    instance(),
    asset('index_bg.wasm', '@resvg/resvg-wasm/index_bg.wasm'),
    asset('DejaVuSansMono.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
  ]);
  await initWasm(program);
  const svg = viz.renderString(dotGraph(drawing), { format: 'svg', engine: 'dot' });
  // Twice as large as Graphviz means it: screens of today have as many dots.
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      fontBuffers: [font],
      defaultFontFamily: 'DejaVu Sans Mono',
      monospaceFamily: 'DejaVu Sans Mono',
      loadSystemFonts: false,
    },
  });
  return picture.render().asPng();
}

parentPort?.postMessage(await drawn(workerData as Drawing));
