// `npm test`: sets up what is missing, then runs every suite that this machine can run.
import { main, runNode, setUp } from './toolchain.mjs';

await main(() => runNode(setUp(), ['packages/workspace/suites/test.ts', ...process.argv.slice(2)]));
