import { expect, it } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { steadyClock } from '../process/steady-clock.ts';
import type { SteadyClock } from '../process/steady-clock.ts';
import { bearingsSetting, startTimekeeping } from './timekeeping.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-01-01T12:00:00Z');
const store = () => createMemoryStore({ now: () => noon });

/** One machine whose clock somebody sets, and processes of agents on it that share a store. */
function machine(settings: ReturnType<typeof store>['settings']) {
  let [wall, passed, boot] = [noon, hour, 'first run'];
  const told: string[] = [];
  return {
    told,
    pass: (milliseconds: number) => {
      wall += milliseconds;
      passed += milliseconds;
    },
    set: (milliseconds: number) => void (wall += milliseconds),
    boot: () => {
      passed = 1000;
      boot = 'second run';
    },
    noBoot: () => void (boot = ''),
    /** A process that keeps time for a moment and ends. */
    process: async (): Promise<SteadyClock> => {
      const clock = steadyClock({ wall: () => wall, passed: () => passed });
      const { close } = await startTimekeeping({
        settings,
        machine: { ...clock, boot },
        clock: { now: () => wall, wait: async (_milliseconds, signal) => await endOf(signal) },
        log: (message) => void told.push(message),
      });
      await close();
      return clock;
    },
  };
}

async function endOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

it('a process that begins after the clock was set forwards knows by how much', async () => {
  const { process, pass, set } = machine(store().settings);
  await process();
  pass(hour);
  set(10 * hour);
  expect((await process()).ahead()).toBe(10 * hour);
});

it('how long a set clock has stood goes on over processes, until it is believed', async () => {
  const { process, pass, set } = machine(store().settings);
  await process();
  set(10 * hour);
  for (const hours of [0, 10, 13]) {
    pass(hours * hour);
    expect((await process()).ahead()).toBe(10 * hour);
  }
  pass(hour);
  expect((await process()).ahead()).toBe(0);
});

it('another run of the machine begins with what its clock says', async () => {
  const { process, set, boot } = machine(store().settings);
  await process();
  set(10 * hour);
  boot();
  expect((await process()).ahead()).toBe(0);
});

it('where the system does not tell its runs apart nothing is kept', async () => {
  const { settings } = store();
  const { process, noBoot } = machine(settings);
  noBoot();
  await process();
  expect(await settings.get(bearingsSetting)).toBeUndefined();
});

it('what nobody set is written once', async () => {
  const { settings } = store();
  let writes = 0;
  const { process, pass } = machine({
    ...settings,
    swap: async (...given) => {
      writes += 1;
      await settings.swap(...given);
    },
  });
  await process();
  pass(hour);
  await process();
  expect(writes).toBe(1);
});

it('what is kept and cannot be read is as good as nothing', async () => {
  const { settings } = store();
  await settings.put(bearingsSetting, { origin: 'yesterday' }, []);
  expect((await machine(settings).process()).ahead()).toBe(0);
});

it('a store that cannot be written is told, and the agent goes on', async () => {
  const { settings } = store();
  const { process, told } = machine({
    ...settings,
    swap: async () => await Promise.reject(new Error('The disk is full.')),
  });
  expect((await process()).ahead()).toBe(0);
  expect(told).toEqual(['what is known of the clock could not be kept']);
});
