import { expect, it } from 'vitest';
import { rememberedSecrets } from './remembered-secrets.ts';

it('a secret is read again when it is old, and at once when it could not be read', async () => {
  let at = 0;
  let reads = 0;
  const secrets = rememberedSecrets(
    {
      read: async () => {
        reads += 1;
        if (reads === 1) throw new Error('not there yet');
        return `secret ${reads}`;
      },
    },
    1000,
    () => at,
  );
  await expect(secrets.read({ env: 'X' })).rejects.toThrow('not there yet');
  expect(await secrets.read({ env: 'X' })).toBe('secret 2');
  at = 999;
  expect(await secrets.read({ env: 'X' })).toBe('secret 2');
  at = 1000;
  expect(await secrets.read({ env: 'X' })).toBe('secret 3');
});
