import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { openFirstDoor } from './bootstrap-file.ts';
import { claimAgent } from './bootstrap-token.ts';

const secret = 'b'.repeat(40);
const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

interface Mounted {
  readonly store: MemoryStore;
  readonly write: (text: string) => void;
  /** Starts an agent at that time; gives what it logged. */
  readonly start: (now?: number) => Promise<string>;
}

function mounted(text?: string): Mounted {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bootstrap-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [store, file] = [createMemoryStore(), join(folder, 'token')];
  const write = (content: string): void => writeFileSync(file, content);
  if (text !== undefined) write(text);
  return {
    store,
    write,
    start: async (now = start) => {
      const logged: unknown[] = [];
      await openFirstDoor(store, {
        bootstrap: { file, milliseconds: hour },
        ownUser: false,
        now,
        log: (line) => void logged.push(line),
      });
      return JSON.stringify(logged);
    },
  };
}

function claim(store: MemoryStore, now: number): ReturnType<typeof claimAgent> {
  return claimAgent(store, {
    token: secret,
    person: { id: 'ann', name: 'Ann' },
    account: 'http:ann',
    milliseconds: hour,
    now,
  });
}

it('a mounted Secret makes the first administrator, and is in no log', async () => {
  const { store, start: begin } = mounted(`${secret}\n`);
  const logged = await begin();
  expect(logged).toContain('may be used');
  expect(logged).not.toContain(secret);
  expect((await claim(store, start + 1)).person.roles).toEqual(['admin']);
  expect(await begin(start + 2)).toBe('[]');
});

it('a Secret that is left there does not begin anew with every start', async () => {
  const { store, start: begin } = mounted(secret);
  await begin();
  expect(await begin(start + 2 * hour)).toContain('was offered before');
  await expect(claim(store, start + 2 * hour)).rejects.toThrow('it has expired');
});

it('what is too short, or not there, is not taken up and keeps no agent from its work', async () => {
  const { store, write, start: begin } = mounted();
  expect(await begin()).toContain('nobody administers this agent yet');
  for (const text of ['', 'admin', `${'a b '.repeat(20)}`, 'x'.repeat(5000)]) {
    write(text);
    const logged = await begin();
    expect(logged).toContain('has to hold 32 characters');
    expect(logged).not.toContain(text === '' ? secret : text);
  }
  expect(await store.settings.get('bootstrap-tokens')).toBeUndefined();
});
