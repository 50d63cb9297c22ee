import { loadavg } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { packSmallExtension } from './small-extension.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** How much longer the extension takes to come to life than one that does nothing, as the editor itself counts it. Told, not judged: the machine may be busy. */
const home = workbenchHome();
const rounds = 5;
let window: Workbench;

/** Milliseconds that the page of running extensions tells of one of them. */
async function activationOf(name: string): Promise<number> {
  const list = window.page.locator('.runtime-extensions-editor .monaco-list');
  const row = list.locator('.monaco-list-row', { hasText: name }).first();
  await list.press('Home');
  // The quickest come last, and what is not in view is not drawn.
  for (let page = 0; page < 20 && (await row.count()) === 0; page += 1) await window.page.keyboard.press('PageDown');
  let found: string | undefined;
  // At first it says that it is activating.
  await expect
    .poll(async () => (found = /(\d+)\s*ms/.exec(await row.locator('.activation-time').innerText())?.[1]), {
      timeout: 60_000,
    })
    .toBeDefined();
  return Number(found);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

beforeAll(async () => {
  const [vsix, empty] = [
    await packagedExtension(),
    await packSmallExtension(home, {
      name: 'empty',
      displayName: 'Nothing At All',
      main: join(import.meta.dirname, 'empty-extension', 'main.ts'),
    }),
  ];
  writeContexts(join(home, 'kubeconfig'), {});
  window = await Workbench.open({
    vsix,
    besides: [empty],
    home,
    environment: { KUBECONFIG: join(home, 'kubeconfig') },
  });
});

afterAll(async () => {
  await window?.close();
});

it('the time that it takes to come to life is told beside that of an empty extension', async () => {
  const taken: { readonly own: number; readonly empty: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await window.reload();
    await window.command('Developer: Show Running Extensions');
    taken.push({ own: await activationOf('Auto-DevOps'), empty: await activationOf('Nothing At All') });
    await window.picture(pictureFile('activation'));
    await window.page.keyboard.press('Escape');
    await window.page.locator('.runtime-extensions-editor').waitFor({ state: 'hidden' });
  }
  const each = taken.map(({ own, empty }) => `${own} - ${empty}`).join(', ');
  process.stdout.write(
    `Activation over an empty extension: median ${median(taken.map(({ own, empty }) => own - empty))} ms of ${each}; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  expect(taken).toHaveLength(rounds);
});
