import { readFile } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';

/** By what a source is trusted and what it is shown. All are files, read at every request, so that they can be replaced. */
export interface CredentialFiles {
  readonly tokenFile?: string | undefined;
  readonly basic?: { readonly user: string; readonly passwordFile: string } | undefined;
  /** PEM. */
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** PEM: who may have issued the source's certificate; the system's authorities when absent. */
  readonly authorityFile?: string | undefined;
}

export interface Credentials {
  readonly authorization: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly authority: string | undefined;
}

const largest = 64 * 1024;

async function contentOf(file: string | undefined, what: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AutoDevOpsError(
      'signals.unauthorized',
      `The file ${file} with the ${what} cannot be read.`,
      'Correct its name in the configuration, or its rights.',
      { cause: error },
    );
  });
  if (text.length > largest || text.trim() === '') {
    throw new AutoDevOpsError('signals.unauthorized', `The file ${file} holds no ${what}.`, 'Write it there again.');
  }
  return text;
}

/** One line of a file: what a header may hold. */
async function lineOf(file: string | undefined, what: string): Promise<string | undefined> {
  const line = (await contentOf(file, what))?.trim();
  if (line !== undefined && /\p{Cc}/u.test(line)) {
    throw new AutoDevOpsError(
      'signals.unauthorized',
      `The file ${String(file)} holds more than one line, so no ${what}.`,
      'Write nothing else there.',
    );
  }
  return line;
}

/** Throws `signals.unauthorized` for a file that cannot be read or holds nothing of the kind. */
export async function readCredentials({
  tokenFile,
  basic,
  certificateFile,
  keyFile,
  authorityFile,
}: CredentialFiles): Promise<Credentials> {
  const [token, password, certificate, key, authority] = await Promise.all([
    lineOf(tokenFile, 'token'),
    lineOf(basic?.passwordFile, 'password'),
    contentOf(certificateFile, 'certificate'),
    contentOf(keyFile, 'key'),
    contentOf(authorityFile, 'authority'),
  ]);
  const named =
    basic === undefined || password === undefined
      ? undefined
      : `Basic ${Buffer.from(`${basic.user}:${password}`).toString('base64')}`;
  return { authorization: token === undefined ? named : `Bearer ${token}`, certificate, key, authority };
}
