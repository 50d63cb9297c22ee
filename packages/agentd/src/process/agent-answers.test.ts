import { describe, expect, it } from 'vitest';
import { contractHeader, contractVersion } from '../contract/contract-version.ts';
import { appOf } from '../testing/agent-app.ts';
import { agentAnswers, agentContract } from './agent-answers.ts';

describe('whoever answers', () => {
  it('is an agent that says which version of the contract it speaks, whatever it is asked', async () => {
    const { app } = appOf({});
    expect(await agentContract(async (request) => await app.fetch(request))).toBe(contractVersion);
    for (const path of ['/livez', '/v1/health', '/openapi.json', '/nowhere']) {
      expect((await app.request(`http://localhost${path}`)).headers.get(contractHeader), path).toBe(
        String(contractVersion),
      );
    }
  });

  it('speaks the first version where it says nothing of it', async () => {
    expect(await agentContract(async () => new Response('ok'))).toBe(1);
  });

  it.each([
    ['something else', async () => new Response('<html>')],
    ['an error', async () => new Response('ok', { status: 500 })],
    ['nobody', () => Promise.reject(new Error('ECONNREFUSED'))],
    ['nonsense', async () => new Response('ok', { headers: { [contractHeader]: 'newest' } })],
  ])('is no agent where it is %s', async (_name, fetch) => {
    expect(await agentContract(fetch)).toBeUndefined();
    expect(await agentAnswers(fetch)).toBe(false);
  });
});
