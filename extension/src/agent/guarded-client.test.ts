import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { endpoints } from '@autodevops/agentd/endpoints';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { guardedClient } from './guarded-client.ts';

const signal = AbortSignal.timeout(10_000);
const refused = new AutoDevOpsError('change.not-allowed', 'Read-only.', 'Unlock it.');
const answering = Object.fromEntries(
  Object.keys(endpoints).map((name) => [name, async () => name]),
) as unknown as AgentClient;

async function outcome(client: AgentClient, name: keyof AgentClient, body: unknown): Promise<unknown> {
  return await (client[name] as unknown as (given: unknown, options: unknown) => Promise<unknown>)(
    { body },
    { signal },
  ).catch((error: unknown) => error);
}

describe('a locked window', () => {
  it('reads everything, and does nothing that needs more than reading', async () => {
    const client = guardedClient(answering, () => refused);
    const harmless = [
      'reject',
      'cancel',
      'remember',
      'openIncident',
      'acknowledgeIncident',
      'assignIncident',
      'updateIncident',
      'silenceIncident',
      'unsilenceIncident',
      'resolveIncident',
      'makeLinkCode',
    ];
    for (const [name, { right }] of Object.entries(endpoints)) {
      const may = right === 'read' || harmless.includes(name);
      expect(await outcome(client, name as keyof AgentClient, {}), name).toBe(may ? name : refused);
    }
  });

  it('turns the kill switch on, but not off', async () => {
    const client = guardedClient(answering, () => refused);
    expect(await outcome(client, 'setKillSwitch', { on: true, why: 'stop' })).toBe('setKillSwitch');
    expect(await outcome(client, 'setKillSwitch', { on: false, why: 'go on' })).toBe(refused);
  });
});

it('an open window does everything, from the moment on at which it is opened', async () => {
  let reason: AutoDevOpsError | undefined = refused;
  const client = guardedClient(answering, () => reason);
  expect(await outcome(client, 'approve', {})).toBe(refused);
  reason = undefined;
  expect(await outcome(client, 'approve', {})).toBe('approve');
});
