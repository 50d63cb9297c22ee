import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { issuerKey, knownIssuerKey } from './issuer-key.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'issuer-key-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return join(made, 'agent');
}

it('is made once, and both halves belong together', async () => {
  const at = folder();
  expect(await knownIssuerKey(at)).toBeUndefined();
  const { file, publicFile } = await issuerKey(at);
  const text = readFileSync(file, 'utf8');
  expect(createPublicKey(createPrivateKey(text)).export({ type: 'spki', format: 'pem' })).toBe(
    readFileSync(publicFile, 'utf8'),
  );
  expect(await issuerKey(at)).toEqual({ file, publicFile });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
  const { file } = await issuerKey(folder());
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
