import { expect, it } from 'vitest';
import { contractVersion, requireContract } from './contract-version.ts';

it('an agent of the same contract is spoken to', () => {
  expect(() => requireContract(contractVersion, 'this extension')).not.toThrow();
});

it('an older agent is to be restarted, a newer one asks for an update', () => {
  expect(() => requireContract(contractVersion - 1, 'this extension')).toThrow(
    `older than this extension: it speaks version ${contractVersion - 1}`,
  );
  expect(() => requireContract(contractVersion + 1, 'this extension')).toThrow('newer than this extension');
  try {
    requireContract(contractVersion + 1, 'this extension');
  } catch (error) {
    expect(error).toMatchObject({
      code: 'agent.unreachable',
      remedy: 'Update this extension, or end the agent and start it again from here.',
    });
  }
});
