import { describe, expect, it } from 'vitest';
import type { Keeping } from '../keeping/keeping.ts';
import { main } from '../main.ts';
import type { Surroundings } from '../surroundings.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';
import type { Agents, ServeChoice } from './agents.ts';

const unused = async (): Promise<never> => await Promise.reject(new Error('not in this test'));
const agents: Agents = {
  open: unused,
  settings: unused,
  look: unused,
  start: unused,
  stop: unused,
  serve: unused,
  serveMcp: unused,
};
async function* nothing(): AsyncIterable<string> {
  /* not in this test */
}
const keeping: Keeping = {
  backup: unused,
  restore: unused,
  check: unused,
  migrate: unused,
  bootstrapToken: unused,
  verifyAudit: unused,
  exportAudit: nothing,
};

async function run(
  args: readonly string[],
  changed: Partial<Surroundings>,
): Promise<{ readonly code: number; readonly out: string }> {
  const fake = fakeSurroundings(changed);
  const code = await main([...args], fake.surroundings, new AbortController().signal);
  return { code, out: fake.out() };
}

it('autodevops agent run is the agent of its configuration, and leaves its process to what started it', async () => {
  const served: (readonly [string | undefined, Omit<ServeChoice, 'signal'>])[] = [];
  const serve: Agents['serve'] = async ({ config }, { signal: _signal, ...how }) => void served.push([config, how]);
  expect(
    await run(['agent', 'run', '--config', 'cloud-config.yaml'], { agents: async () => ({ ...agents, serve }) }),
  ).toEqual({ code: 0, out: '' });
  expect(served).toEqual([['cloud-config.yaml', { held: false, isManaged: true }]]);
});

describe('autodevops agent migrate', () => {
  it("takes the owner's address from the environment alone", async () => {
    const done: string[] = [];
    const migrate: Keeping['migrate'] = async (address, role) => void done.push(`${address} ${role}`);
    const given = { keeping: async () => ({ ...keeping, migrate }) };
    const environment = { AGENT_DATABASE_OWNER: 'postgres://owner@db/agent' };
    expect(await run(['agent', 'migrate', '--role', 'agent'], given)).toMatchObject({ code: 64 });
    expect(await run(['agent', 'migrate'], { ...given, environment })).toMatchObject({ code: 64 });
    expect(await run(['agent', 'migrate', '--role', 'agent'], { ...given, environment })).toEqual({
      code: 0,
      out: 'The tables are up to date.\n',
    });
    expect(done).toEqual(['postgres://owner@db/agent agent']);
  });
});
