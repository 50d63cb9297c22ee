import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import type { ChainHead } from './chain-head.ts';
import type { Finding } from './audit-fault.ts';

function statement({ sequence, hash, time }: Pick<AuditCheckpoint, 'sequence' | 'hash' | 'time'>): Buffer {
  return Buffer.from(`${sequence}\n${hash}\n${time}`);
}

/** The public half as checkpoints name it: SPKI, base64. */
export function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** States, signed with an Ed25519 private key, that the chain stood so at that time. */
export function makeCheckpoint(head: ChainHead, time: string, key: KeyObject): AuditCheckpoint {
  const stated = { sequence: head.sequence, hash: head.hash, time };
  return { ...stated, key: publicKeyOf(key), signature: sign(null, statement(stated), key).toString('base64') };
}

/** Whether its signature is that of its key. Whether the key is to be believed, who asks has to know. */
export function checkpointIsSound(checkpoint: AuditCheckpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(checkpoint.key, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, statement(checkpoint), key, Buffer.from(checkpoint.signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** By the sequence that they speak of. */
export type Checkpoints = ReadonlyMap<number, readonly AuditCheckpoint[]>;

/** Checkpoints by the row that they stand behind; several may vouch for the same. */
export function checkpointsBySequence(checkpoints: readonly AuditCheckpoint[]): Checkpoints {
  const groups = new Map<number, AuditCheckpoint[]>();
  for (const checkpoint of checkpoints) {
    groups.set(checkpoint.sequence, [...(groups.get(checkpoint.sequence) ?? []), checkpoint]);
  }
  return groups;
}

/** The first that cannot be believed, because of its signature or, where `trusted` names keys, its key. */
export function unbelievable(
  checkpoints: readonly AuditCheckpoint[],
  trusted: readonly string[] | undefined,
): Finding | undefined {
  for (const checkpoint of checkpoints) {
    const named = `The checkpoint of row ${checkpoint.sequence} (${checkpoint.time})`;
    if (!checkpointIsSound(checkpoint)) {
      return { fault: 'checkpoint', says: `${named} does not bear its key's signature.` };
    }
    if (trusted !== undefined && !trusted.includes(checkpoint.key)) {
      return { fault: 'checkpoint', says: `${named} is signed by a key that is not trusted.` };
    }
  }
  return undefined;
}
