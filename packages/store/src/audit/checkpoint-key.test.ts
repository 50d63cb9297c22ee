import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkpointIsSound, makeCheckpoint, publicKeyOf } from './audit-checkpoint.ts';
import { appendCheckpoint, readCheckpoints } from './checkpoint-file.ts';
import { checkpointKey } from './checkpoint-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const head = { sequence: 3, hash: 'a'.repeat(64) };

it('is made once, for its owner alone, and is the same from then on', async () => {
  const file = join(folder, 'new', 'key.pem');
  const first = await checkpointKey(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(publicKeyOf(await checkpointKey(file))).toBe(publicKeyOf(first));
  expect(checkpointIsSound(makeCheckpoint(head, '2026-01-01T00:00:00.000Z', first))).toBe(true);
});

it('is refused when others can read it', async () => {
  const file = join(folder, 'open.pem');
  await checkpointKey(file);
  chmodSync(file, 0o640);
  await expect(checkpointKey(file)).rejects.toMatchObject({
    code: 'config.invalid',
    message: `${file} can be read by others than its owner.`,
  });
});

it('is refused when it is something else, and not quoted', async () => {
  const file = join(folder, 'other.pem');
  writeFileSync(file, '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n', { mode: 0o600 });
  const refused = await checkpointKey(file).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'config.invalid' });
  expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain('canary');
});

it('signs what is kept in a second place, line by line', async () => {
  const file = join(folder, 'second', 'checkpoints.jsonl');
  const key = await checkpointKey(join(folder, 'key.pem'));
  const made = [1, 2].map((sequence) => makeCheckpoint({ ...head, sequence }, '2026-01-01T00:00:00.000Z', key));
  for (const checkpoint of made) await appendCheckpoint(file, checkpoint);
  expect(await readCheckpoints(file)).toEqual(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"half`);
  await expect(readCheckpoints(file)).rejects.toMatchObject({
    code: 'audit.broken',
    message: `Line 3 of ${file} is not a checkpoint.`,
  });
});
