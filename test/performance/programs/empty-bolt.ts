// The peer of the bot's edge: a Bolt app that acknowledges and does nothing. Its one argument is what it is made from, as
// JSON (`EmptyBoltChoice`). Prints one line with its address, and lives until it is ended.
import { startEmptyBolt } from '../../../packages/testkit/src/slack/testing/empty-bolt.ts';
import type { EmptyBoltChoice } from '../../../packages/testkit/src/slack/testing/empty-bolt.ts';

const address = await startEmptyBolt(JSON.parse(process.argv[2] ?? '') as EmptyBoltChoice);
process.stdout.write(`${JSON.stringify({ address })}\n`);
