import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { contractVersion } from '@autodevops/agentd/contract-version';
import { agentProcesses } from './agent-processes.ts';

const signal = AbortSignal.timeout(60_000);
const wanted = {
  context: 'kind-dev',
  server: 'https://127.0.0.1:6443',
  kubeconfig: undefined,
  config: undefined,
};

/** Agents whose connection is this, and whose program fails if it is started. */
function processes(
  answer: () => Promise<Response>,
  program = 'process.stderr.write("The store is locked.\\n"); process.exit(1);',
): { readonly launcher: ReturnType<typeof agentProcesses>; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-agents-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.stubEnv('LOCALAPPDATA', folder);
  vi.stubEnv('AUTODEVOPS_CONFIG', join(folder, 'of-another-program.yaml'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'program.mjs'), program);
  const launcher = agentProcesses({
    program: join(folder, 'program.mjs'),
    cluster: async () => ({ context: 'kind-dev', server: 'https://127.0.0.1:6443' }),
    connection: async () => ({ fetch: answer }),
    token: async () => undefined,
  });
  return { launcher, folder };
}

function alive(version: number): () => Promise<Response> {
  return async () => new Response('ok', { headers: { 'autodevops-contract': String(version) } });
}

describe('an agent that runs already', () => {
  it('is used, and let go of', async () => {
    const { launcher } = processes(alive(contractVersion));
    const open = await launcher.open(wanted, signal);
    expect(open.lost.aborted).toBe(false);
    open.letGo();
  });

  it.each([
    [contractVersion + 1, 'newer', 'Update this extension'],
    [contractVersion - 1, 'older', 'Restart the agent'],
  ])('of version %i of the contract is not spoken to: it is %s', async (version, says, remedy) => {
    const { launcher } = processes(alive(version));
    await expect(launcher.open(wanted, signal)).rejects.toMatchObject({
      code: 'agent.unreachable',
      message: expect.stringContaining(says) as string,
      remedy: expect.stringContaining(remedy) as string,
    });
  });

  it('is not ended where nobody wrote down what its process is', async () => {
    const { launcher } = processes(alive(contractVersion));
    await expect(launcher.stop(wanted, signal)).rejects.toMatchObject({
      message: 'An agent answers, but its process is not written down.',
    });
  });
});

describe('an agent that does not run', () => {
  it('is told with the last line of its log where it does not start', async () => {
    const { launcher } = processes(() => Promise.reject(new Error('ECONNREFUSED')));
    await expect(launcher.open(wanted, signal)).rejects.toMatchObject({
      code: 'agent.unreachable',
      message: 'The agent did not start: The store is locked.',
    });
    const { log } = await launcher.place(wanted);
    expect(existsSync(join(log, '..', 'agent.starting'))).toBe(false);
  });

  it('need not be ended', async () => {
    await processes(() => Promise.reject(new Error('ECONNREFUSED'))).launcher.stop(wanted, signal);
  });
});

describe('where an agent is', () => {
  it('is told by its context, or by the file that is named, and by no variable of the environment', async () => {
    const { launcher, folder } = processes(alive(contractVersion));
    const usual = await launcher.place(wanted);
    expect(usual).toMatchObject({ policy: undefined });
    expect(usual.configuration.startsWith(folder)).toBe(true);
    expect(usual.configuration).not.toContain('of-another-program');
    writeFileSync(
      join(folder, 'local-config.yaml'),
      'agents: {scarlet: {policy: ./p.yaml}}\ncluster: {type: context, context: kind-dev}\n',
    );
    expect(await launcher.place({ ...wanted, config: join(folder, 'local-config.yaml') })).toEqual({
      configuration: join(folder, 'local-config.yaml'),
      policy: join(folder, 'p.yaml'),
      log: join(folder, 'agent.log'),
    });
  });

  it('is not told by a configuration with mistakes', async () => {
    const { launcher, folder } = processes(alive(contractVersion));
    writeFileSync(join(folder, 'local-config.yaml'), 'agents: {scarlett: {}}\n');
    await expect(launcher.place({ ...wanted, config: join(folder, 'local-config.yaml') })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });
});
