import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { BotConfiguration } from '../configuration/bot-configuration.ts';
import { lookAtStore } from './look-at-store.ts';

function configured(store: object): BotConfiguration {
  return BotConfiguration.parse({
    apps: [{ id: 'A01', customer: 'acme', botToken: { env: 'B' }, appToken: { env: 'A' } }],
    customers: [{ name: 'acme', agent: { socket: 'a' }, issuer: { key: { env: 'K' } } }],
    store,
  });
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'autodevops-store-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const never = async (): Promise<never> => await Promise.reject(new Error('no database was to be opened'));
const inFile = async (at: string): Promise<string> =>
  await lookAtStore(configured({ kind: 'sqlite', file: './data/bot.db' }), at, never);

describe('a store in a file', () => {
  it('that is not there yet can be made, and is not made by looking', async () => {
    const at = folder();
    expect(await inFile(at)).toBe(`${join(at, 'data/bot.db')} will be made when the bot starts.`);
    expect(existsSync(join(at, 'data'))).toBe(false);
  });

  it('is there and is not touched, or is something else', async () => {
    const at = folder();
    const file = join(at, 'bot.db');
    const look = async (): Promise<string> =>
      await lookAtStore(configured({ kind: 'sqlite', file: './bot.db' }), at, never);
    writeFileSync(file, 'SQLite format 3\0 and more');
    expect(await look()).toContain('can be written');
    expect(readdirSync(at)).toEqual(['bot.db']);
    writeFileSync(file, 'something else altogether');
    await expect(look()).rejects.toMatchObject({ message: `${file} is no SQLite database.` });
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be written is told with the folder', async () => {
    const at = folder();
    chmodSync(at, 0o500);
    await expect(inFile(at)).rejects.toMatchObject({ message: `${at} cannot be written.` });
  });
});

describe('a store in a database', () => {
  const postgres = configured({ kind: 'postgres', address: { env: 'DATABASE' } });

  it('answers, and is closed again', async () => {
    let closed = 0;
    const store = createMemoryBotStore();
    expect(
      await lookAtStore(
        postgres,
        '/',
        async () =>
          await Promise.resolve({
            ...store,
            close: async () => {
              closed += 1;
              await Promise.resolve();
            },
          }),
      ),
    ).toBe('The database answers; no installation is in it.');
    expect(closed).toBe(1);
  });

  it('that does not answer is told in its own words', async () => {
    const down = new AutoDevOpsError('store.unavailable', 'The database does not answer.', 'Start it.');
    await expect(lookAtStore(postgres, '/', async () => await Promise.reject(down))).rejects.toBe(down);
  });
});
