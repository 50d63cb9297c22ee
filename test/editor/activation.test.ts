import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../bed/host/command.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** How much longer the extension takes to come to life than one that does nothing, as the editor itself counts it. Told, not judged: the machine may be busy. */
const home = workbenchHome();
let window: Workbench;

/** A .vsix that does nothing, at the same moment as ours. */
async function emptyExtension(): Promise<string> {
  const folder = join(home, 'empty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', displayName: 'Nothing At All', publisher: 'nobody', version: '0.0.1', engines: { vscode: '^1.105.0' }, main: './main.js', activationEvents: ['onStartupFinished'] }));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  const vsce = createRequire(join(import.meta.dirname, '..', '..', 'extension', 'package.json')).resolve('@vscode/vsce/package.json');
  const file = join(home, 'empty.vsix');
  await run(process.execPath, [join(vsce, '..', 'vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--allow-star-activation', '--out', file], { cwd: folder, seconds: 120 });
  return file;
}

/** Milliseconds that the page of running extensions tells of one of them. */
async function activationOf(name: string): Promise<number> {
  const list = window.page.locator('.runtime-extensions-editor .monaco-list');
  const row = list.locator('.monaco-list-row', { hasText: name }).first();
  await list.locator('.monaco-list-row').first().click();
  // The quickest come last, and what is not in view is not drawn.
  for (let page = 0; page < 20 && (await row.count()) === 0; page += 1) await window.page.keyboard.press('PageDown');
  const says = await row.locator('.activation-time').innerText({ timeout: 60_000 });
  const found = /(\d+)\s*ms/.exec(says)?.[1];
  if (found === undefined) throw new Error(`The editor says of ${name}: ${says}`);
  return Number(found);
}

beforeAll(async () => {
  const [vsix, empty] = [await packagedExtension(), await emptyExtension()];
  writeContexts(join(home, 'kubeconfig'), {});
  window = await Workbench.open({ vsix, besides: [empty], home, environment: { KUBECONFIG: join(home, 'kubeconfig') } });
});

afterAll(async () => {
  await window?.close();
});

it('the time that it takes to come to life is told beside that of an empty extension', async () => {
  await window.command('Developer: Show Running Extensions');
  const [own, empty] = [await activationOf('Auto-DevOps'), await activationOf('Nothing At All')];
  await window.picture(pictureFile('activation'));
  process.stdout.write(`Activation: ${own} ms, of an empty extension ${empty} ms\n`);
  expect(own).toBeGreaterThanOrEqual(0);
});
