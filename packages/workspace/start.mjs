// npm start: sets up what is missing, builds the command line when its sources changed, and looks at a cluster.
import { isBuilt } from './build/build-fingerprint.mjs';
import { main, root, runNode, setUp } from './toolchain.mjs';

async function start() {
  const node = setUp();
  if (!isBuilt(root)) {
    process.stderr.write('Building autodevops ...\n');
    const code = await runNode(node, ['packages/workspace/build/build.ts']);
    if (code !== 0) return code;
  }
  return runNode(node, ['packages/cli/bin/autodevops.mjs', '__start', ...process.argv.slice(2)]);
}

await main(start);
