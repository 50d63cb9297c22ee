import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatherImage } from '../../../packages/workspace/build/image-context.ts';
import { run } from '../host/command.ts';
import { buildImage, type Docker } from '../host/docker.ts';
import { copyPrograms, inContext } from './context.ts';

const BASE = 'autodevops-bed/node-runtime:local';
const CHECKED = 'autodevops-bed/product-checked:local';

/** Builds the image of the agent and the bot by its own recipe, on this machine's Node, and gives the archive of it. */
export async function productArchive(docker: Docker, checkout: string, image: string, archive: string): Promise<void> {
  await inContext('node-runtime', async (context) => {
    await fillNodeRuntime(join(context, 'root'));
    await buildImage(docker, context, [BASE]);
  });
  // The recipe's folder is overwritten by the product's own.
  await inContext('node-runtime', async (context) => {
    gatherImage(checkout, context);
    const bases = { NODE_IMAGE: BASE, BASE_IMAGE: BASE };
    // Named, so that it can be taken away: the classic builder leaves it else.
    await buildImage(docker, context, [CHECKED], bases, 'checked');
    await buildImage(docker, context, [image], bases);
  });
  await docker.run(['save', '--output', archive, image], { seconds: 300 });
  await docker.run(['image', 'rm', image, CHECKED]);
}

async function fillNodeRuntime(root: string): Promise<void> {
  copyPrograms([process.execPath], join(root, 'usr/local/bin'));
  const libraries = (await run('ldd', [process.execPath])).matchAll(/(\/\S+) \(0x/g);
  for (const [, library = ''] of libraries) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    copyFileSync(library, join(root, library)); // what a link leads to
  }
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
}
