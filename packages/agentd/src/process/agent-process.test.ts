import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { socketFetch } from '../client/socket-fetch.ts';
import { agentAnswers } from './agent-answers.ts';
import { endLine } from './agent-end.ts';
import { processFiles, processIdIn, startProcess, stopProcess, writeProcessId } from './agent-process.ts';

const signal = AbortSignal.timeout(60_000);

function place(program: string): {
  readonly folder: string;
  readonly socket: string;
  readonly args: readonly string[];
} {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'program.mjs'), program);
  return { folder, socket: join(folder, 'a.sock'), args: [join(folder, 'program.mjs')] };
}

const listening = `
import { createServer } from 'node:http';
const server = createServer((_, answer) => answer.end('ok')).listen('a.sock');
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

it('a process is started apart, answers, and ends when it is asked to', async () => {
  const { folder, socket, args } = place(listening);
  const answers = (): Promise<boolean> => agentAnswers(socketFetch(socket));
  expect(await answers()).toBe(false);
  const id = await startProcess({ folder, args, answers, signal });
  expect(await answers()).toBe(true);
  expect(statSync(processFiles(folder).log).mode & 0o777).toBe(0o600);
  await stopProcess(id, answers, signal);
  expect(await answers()).toBe(false);
}, 60_000);

it.skipIf(process.platform === 'win32')(
  'its log is for its owner alone, also one that was there before',
  async () => {
    const { folder, socket, args } = place(listening);
    const { log } = processFiles(folder);
    writeFileSync(log, 'earlier\n', { mode: 0o644 });
    const answers = (): Promise<boolean> => agentAnswers(socketFetch(socket));
    const id = await startProcess({ folder, args, answers, signal });
    onTestFinished(async () => await stopProcess(id, answers, signal));
    expect(statSync(log).mode & 0o777).toBe(0o600);
  },
  60_000,
);

it('one that ends at once is told with its last line', async () => {
  const { folder, args } = place('console.error("first"); console.error("The store is locked."); process.exit(1);');
  await expect(startProcess({ folder, args, answers: () => Promise.resolve(false), signal })).rejects.toMatchObject({
    code: 'agent.unreachable',
    message: 'The agent did not start: The store is locked.',
  });
}, 60_000);

it('one that ends with an error is told with what happened and what to do', async () => {
  const { folder, args } = place(
    'console.error("{\\"level\\":\\"info\\"}"); console.error("Error: The cluster is away.\\nStart it."); process.exit(1);',
  );
  await expect(startProcess({ folder, args, answers: () => Promise.resolve(false), signal })).rejects.toMatchObject({
    message: 'The agent did not start: The cluster is away. Start it.',
  });
}, 60_000);

it('one that says what keeps it from beginning fails for that, and not for the agent', async () => {
  const { folder, args } = place('process.stderr.write(process.argv[2]); console.error("Error: …"); process.exit(1);');
  const refused = endLine(new AutoDevOpsError('cluster.refused', 'Nothing listens there.', 'Start the cluster.'));
  const starting = { folder, args: [...args, refused], answers: () => Promise.resolve(false), signal };
  await expect(startProcess(starting)).rejects.toMatchObject({
    code: 'cluster.refused',
    message: 'Nothing listens there.',
    remedy: 'Start the cluster.',
  });
}, 60_000);

it('one that dies without a word is not told with the words of the one before', async () => {
  const { folder, args } = place('process.exit(1);');
  writeFileSync(
    processFiles(folder).log,
    endLine(new AutoDevOpsError('cluster.refused', 'Nothing listens there.', '')),
  );
  await expect(startProcess({ folder, args, answers: () => Promise.resolve(false), signal })).rejects.toMatchObject({
    code: 'agent.unreachable',
    message: 'The agent did not start: it ended without a word.',
  });
}, 60_000);

it('its id is written down while it runs, and nothing but an id is read', async () => {
  const { folder } = place('');
  expect(await processIdIn(folder)).toBeUndefined();
  const forget = await writeProcessId(folder);
  expect(await processIdIn(folder)).toBe(process.pid);
  await forget();
  expect(existsSync(processFiles(folder).pid)).toBe(false);
  for (const text of ['-1', '0', '1', 'x', '']) {
    writeFileSync(processFiles(folder).pid, text);
    expect(await processIdIn(folder)).toBeUndefined();
  }
});
