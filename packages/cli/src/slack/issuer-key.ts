import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOwnFolder } from '@autodevops/agentd/process/own-folder';

/** The key by which a bot on this machine says to an agent on this machine who asks. */
export interface IssuerKey {
  /** PEM, PKCS#8; for its owner alone. */
  readonly file: string;
  /** PEM, SPKI. */
  readonly publicFile: string;
}

/** Where an agent's folder has it; undefined where it was never made. */
export async function knownIssuerKey(folder: string): Promise<IssuerKey | undefined> {
  const key = { file: join(folder, 'slack-issuer.pem'), publicFile: join(folder, 'slack-issuer.pub.pem') };
  const [own, open] = await Promise.all(
    [key.file, key.publicFile].map(async (file) => await readFile(file, 'utf8').catch(() => '')),
  );
  return own === '' || open === '' ? undefined : key;
}

/** Makes it where there is none. */
export async function issuerKey(folder: string): Promise<IssuerKey> {
  const known = await knownIssuerKey(folder);
  if (known !== undefined) return known;
  await makeOwnFolder(folder);
  const key = { file: join(folder, 'slack-issuer.pem'), publicFile: join(folder, 'slack-issuer.pub.pem') };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await writeFile(key.file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(key.publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o600 });
  return key;
}
