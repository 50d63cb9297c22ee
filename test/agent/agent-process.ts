// An agent as a process of its own. Its one argument says from what, as JSON (`AgentBirth`). It prints one line with its
// address when it answers, or one with why it does not, and lives until SIGTERM.
import { flushCompileCache } from 'node:module';
import type { Pace } from '../../agent-core/src/changes/execution/run.ts';
import type { Agent } from '../../packages/agentd/src/agent.ts';
import { composeAgent } from '../../packages/agentd/src/compose.ts';
import { Configuration } from '../../packages/agentd/src/configuration/configuration.ts';
import type { ListenAddress } from '../../packages/agentd/src/http/listen-address.ts';
import { AutoDevOpsError } from '../../packages/domain/src/errors.ts';

/** What an agent's process is started from. */
export interface AgentBirth {
  /** The configuration document, as a file would hold it. */
  readonly configuration: unknown;
  readonly folder: string;
  readonly pace: Pace;
  readonly listen: ListenAddress;
}

/** The line that an agent's process prints. */
export type FirstLine = { readonly address: string } | { readonly code: string; readonly says: string };

function say(line: FirstLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const { configuration, folder, pace, listen } = JSON.parse(process.argv[2] ?? '') as AgentBirth;
let agent: Agent | undefined;
try {
  const made = await composeAgent({
    configuration: Configuration.parse(configuration),
    folder,
    pace,
    version: '0.0.0',
    environment: {},
    writeLog: (text) => void process.stderr.write(text),
  });
  agent = made;
  process.once('SIGTERM', () => void made.close().then(() => process.exit(0)));
  say(await made.listen(listen));
  // One that is killed would leave nothing for those that come after.
  flushCompileCache();
} catch (error) {
  say(
    error instanceof AutoDevOpsError
      ? { code: error.code, says: error.message }
      : { code: 'internal', says: String(error) },
  );
  await agent?.close();
  process.exit(1);
}
