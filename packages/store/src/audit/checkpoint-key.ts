import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';

const pem = { type: 'pkcs8', format: 'pem' } as const;

async function make(file: string): Promise<KeyObject | undefined> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const opened = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (opened === undefined) return undefined;
  try {
    const { privateKey } = generateKeyPairSync('ed25519');
    await opened.writeFile(privateKey.export(pem));
    await opened.sync();
    return privateKey;
  } finally {
    await opened.close();
  }
}

function parse(file: string, text: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The error may quote the key.
  }
  throw new AutoDevOpsError(
    'config.invalid',
    `${file} is not an Ed25519 private key.`,
    'Name another file, or remove it: a new key is made then.',
  );
}

/**
 * The key that signs checkpoints, from a file that its owner alone may read (0600); made when it is not there. Throws
 * `config.invalid` for a key that others can read, as anyone of them could sign with it.
 */
export async function checkpointKey(file: string): Promise<KeyObject> {
  const made = await make(file);
  if (made !== undefined) return made;
  const opened = await open(file, 'r');
  try {
    const { mode } = await opened.stat();
    // Windows has no such rights; its mode says nothing.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new AutoDevOpsError(
        'config.invalid',
        `${file} can be read by others than its owner.`,
        `Take their rights away: chmod 600 ${file}. If others may have read it, make a new key.`,
      );
    }
    return parse(file, await opened.readFile('utf8'));
  } finally {
    await opened.close();
  }
}
