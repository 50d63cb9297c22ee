import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { auditEntry } from '@autodevops/testkit/store-conformance-samples';
import { startCheckpoints } from './checkpoints.ts';

const { privateKey } = generateKeyPairSync('ed25519');

function signer(head: { readonly sequence: number; readonly hash: string }): AuditCheckpoint {
  const time = '2026-01-01T00:00:00.000Z';
  return {
    ...head,
    time,
    key: 'k',
    signature: sign(null, Buffer.from(`${head.sequence}\n${head.hash}\n${time}`), privateKey).toString('base64'),
  };
}

it('signs the head whenever it has grown, in the store and in the second place, and once more at the end', async () => {
  const store = createMemoryStore();
  const second: number[] = [];
  let beat = (): void => {};
  const wait = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      beat = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const { close } = startCheckpoints({
    audit: store.audit,
    clock: { now: () => 0, wait },
    every: 1,
    sign: signer,
    append: async ({ sequence }) => void second.push(sequence),
    log: () => {},
  });
  const settle = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  await settle();
  beat();
  await settle();
  await store.audit.append([auditEntry('one'), auditEntry('two')]);
  beat();
  await settle();
  await store.audit.append([auditEntry('three')]);
  await close();
  expect(second).toEqual([0, 2, 3]);
  expect((await store.audit.checkpoints()).map(({ sequence }) => sequence)).toEqual([0, 2, 3]);
});

it('says so when the second place cannot be written, and tries again', async () => {
  const store = createMemoryStore();
  const told: string[] = [];
  let failing = true;
  const { close } = startCheckpoints({
    audit: store.audit,
    clock: {
      now: () => 0,
      wait: (_ms, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    },
    every: 1,
    sign: signer,
    append: async () => {
      if (failing) throw new Error('The disk is full.');
    },
    log: (_message, { says }) => void told.push(says ?? ''),
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  failing = false;
  await close();
  expect(told).toEqual(['The disk is full.']);
  expect(await store.audit.checkpoints()).toHaveLength(1);
});
