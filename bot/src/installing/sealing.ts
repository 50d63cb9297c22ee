import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AutoDevOpsError } from '@autodevops/domain/errors';

export interface SealingKey {
  /** Written beside what it sealed, so that keys can be changed one after the other. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Encrypts what is kept at rest: AES-256-GCM, bound to where it belongs, so that no row opens in another's place. */
export interface Sealing {
  readonly seal: (text: string, place: string) => string;
  /** Throws `store.corrupt` when it was not sealed here for this place, or its key is not there any more. */
  readonly open: (sealed: string, place: string) => string;
  /** It was sealed with another key than the first: sealing it again moves it on. */
  readonly isOld: (sealed: string) => boolean;
}

const nonceBytes = 12;
const tagBytes = 16;

/** The key in a text of the configuration. Throws `config.invalid`. */
export function sealingKeyOf(id: string, text: string): SealingKey {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) {
    throw new AutoDevOpsError(
      'config.invalid',
      `The sealing key ${id} is not 32 bytes in base64.`,
      'Make one with `openssl rand -base64 32`.',
    );
  }
  return { id, key };
}

function unreadable(why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.corrupt',
    `A kept token cannot be opened: ${why}.`,
    'Give the sealing key that it was made with, or install the app again.',
    { cause },
  );
}

/** The first key seals, all open. */
export function sealingWith(keys: readonly SealingKey[]): Sealing {
  const [first] = keys;
  return {
    seal: (text, place) => {
      if (first === undefined) {
        throw new AutoDevOpsError(
          'config.invalid',
          'There is no sealing key, so no token can be kept.',
          'Add one under `sealing`.',
        );
      }
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.from(`${first.id} ${place}`));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `v1.${first.id}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
    },
    open: (sealed, place) => {
      const [version, id, text = ''] = sealed.split('.');
      const key = keys.find((one) => one.id === id);
      if (version !== 'v1' || key === undefined) {
        throw unreadable(`its key ${String(id).slice(0, 20)} is not among those of the configuration`);
      }
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < nonceBytes + tagBytes) throw unreadable('it is cut off');
      try {
        const cipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(`${key.id} ${place}`))
          .setAuthTag(bytes.subarray(-tagBytes));
        return Buffer.concat([cipher.update(bytes.subarray(nonceBytes, -tagBytes)), cipher.final()]).toString('utf8');
      } catch (error) {
        throw unreadable('it was sealed with another key, or changed', error);
      }
    },
    isOld: (sealed) => sealed.split('.')[1] !== first?.id,
  };
}
