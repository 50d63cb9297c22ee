import { join } from 'node:path';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { packSmallExtension } from './small-extension.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** Milliseconds that extensions took to come to life, as the editor itself counts them. */
export interface Activation {
  readonly own: number;
  readonly empty: number;
}

/** The extension in a window beside one that does nothing. */
export interface ActivationWindow {
  readonly window: Workbench;
  /** Of a life of the window that has only begun. */
  readonly measure: () => Promise<Activation>;
}

/** Milliseconds that the page of running extensions tells of one of them. */
async function activationOf({ page }: Workbench, name: string): Promise<number> {
  const list = page.locator('.runtime-extensions-editor .monaco-list');
  const row = list.locator('.monaco-list-row', { hasText: name }).first();
  await list.press('Home');
  // The quickest come last, and what is not in view is not drawn.
  for (let times = 0; times < 20 && (await row.count()) === 0; times += 1) await page.keyboard.press('PageDown');
  // At first it says that it is activating.
  const told = row.locator('.activation-time', { hasText: /\d+\s*ms/ });
  await told.waitFor({ timeout: 60_000 });
  return Number(/(\d+)\s*ms/.exec(await told.innerText())?.[1]);
}

/** Opens such a window; what it has is closed with it. */
export async function openActivationWindow(): Promise<ActivationWindow> {
  const home = workbenchHome();
  const [vsix, empty] = [
    await packagedExtension(),
    await packSmallExtension(home, {
      name: 'empty',
      displayName: 'Nothing At All',
      main: join(import.meta.dirname, 'empty-extension', 'main.ts'),
    }),
  ];
  writeContexts(join(home, 'kubeconfig'), {});
  const window = await Workbench.open({
    vsix,
    besides: [empty],
    home,
    environment: { KUBECONFIG: join(home, 'kubeconfig') },
  });
  let lives = 0;
  return {
    window,
    measure: async () => {
      if (lives > 0) await window.reload();
      lives += 1;
      await window.command('Developer: Show Running Extensions');
      return { own: await activationOf(window, 'Auto-DevOps'), empty: await activationOf(window, 'Nothing At All') };
    },
  };
}
