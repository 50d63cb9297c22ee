import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Configuration } from '../configuration/configuration.ts';
import { holdAgent, holdPath, listenForHolders } from './holders.ts';
import type { Hold, Holders, Patience } from './holders.ts';

const whenever: Patience = { first: 600_000, last: 1 };

async function held(patience: Patience = whenever): Promise<{ readonly path: string; readonly holders: Holders }> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-holders-'));
  const path = join(folder, 'agent.hold');
  const holders = await listenForHolders(path, patience);
  onTestFinished(async () => {
    await holders.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { path, holders };
}

async function hold(path: string): Promise<Hold> {
  const got = await holdAgent(path);
  if (got === undefined) throw new Error('nobody counts there');
  return got;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

describe('who holds an agent', () => {
  it('keeps it until the last one lets go', async () => {
    const { path, holders } = await held();
    const [one, two] = [await hold(path), await hold(path)];
    one.letGo();
    await aborted(one.lost);
    const three = await hold(path);
    expect(holders.unheld.aborted).toBe(false);
    two.letGo();
    three.letGo();
    await aborted(holders.unheld);
  });

  it('is told when the agent is gone', async () => {
    const { path, holders } = await held();
    const one = await hold(path);
    await holders.close();
    await aborted(one.lost);
  });

  it('may never come: then the agent does not wait for ever', async () => {
    const { holders } = await held({ first: 1, last: 600_000 });
    await aborted(holders.unheld);
  });

  it('finds nobody who counts where an agent was started to stay', async () => {
    expect(await holdAgent(join(tmpdir(), `autodevops-nobody-${process.pid}.hold`))).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('is of the same user', async () => {
    const { path } = await held();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('finds it beside the socket, also of an agent that listens on TCP', () => {
    expect(holdPath(Configuration.parse({}), '/home/ann/state')).toBe('/home/ann/state/data/agent.hold');
    expect(holdPath(Configuration.parse({ listen: { kind: 'tcp', port: 7070 } }), '/home/ann/state')).toBe(
      '/home/ann/state/data/agent.hold',
    );
  });
});
