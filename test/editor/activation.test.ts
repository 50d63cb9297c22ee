import { loadavg } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openActivationWindow } from './activation-window.ts';
import type { Activation, ActivationWindow } from './activation-window.ts';
import { pictureFile } from './pictures.ts';

/** How much longer the extension takes to come to life than one that does nothing. Told, not judged: the machine may be busy (`npm run bench` judges it). */
const rounds = 5;
let opened: ActivationWindow;

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

beforeAll(async () => {
  opened = await openActivationWindow();
});

afterAll(async () => {
  await opened?.window.close();
});

it('the time that it takes to come to life is told beside that of an empty extension', async () => {
  const taken: Activation[] = [];
  for (let round = 0; round < rounds; round += 1) taken.push(await opened.measure());
  await opened.window.picture(pictureFile('activation'));
  const each = taken.map(({ own, empty }) => `${own} - ${empty}`).join(', ');
  process.stdout.write(
    `Activation over an empty extension: median ${median(taken.map(({ own, empty }) => own - empty))} ms of ${each}; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  expect(taken.every(({ own, empty }) => own >= 0 && empty >= 0)).toBe(true);
});
