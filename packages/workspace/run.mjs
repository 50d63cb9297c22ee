// run.mjs FILE [ARGUMENT ...]: runs one of the workspace's programs under Node 24 after setting up what is missing.
import { main, runNode, setUp } from './toolchain.mjs';

await main(() => runNode(setUp(), process.argv.slice(2)));
