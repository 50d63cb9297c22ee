import { describe, expect, it } from 'vitest';
import { commandEntry } from '../../extension/src/contributions/commands.ts';
import { paletteStep } from '../../extension/src/language/steps-in-editor.ts';
import { registry } from '../../packages/cli/src/commands/registry.ts';
import { optionTable } from '../../packages/cli/src/options/option-table.ts';
import { inTerminal } from '../../packages/domain/src/remedy/in-terminal.ts';
import { remedyStepSamples } from '../../packages/testkit/src/remedy-step-samples.ts';
import { sourceFiles } from './source-files.ts';

/** Where sentences are made that every surface tells. */
const below = /^(?:agent-core|packages\/(?:agentd|bundles|delivery|domain|kube|signals|store))\/src\//;

/** The one place that knows how a terminal names things. */
const names = 'packages/domain/src/remedy/in-terminal.ts';

const commands = registry.map(({ name }) => name).join('|');
const command = new RegExp(String.raw`autodevops (?:${commands})(?![\w-])`);

it('no sentence below the surfaces names a command of the terminal: it names a step, and each surface its own way', () => {
  const found = sourceFiles()
    .filter(({ path }) => below.test(path) && path !== names && !/\.test\.ts$|\/testing\//.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line))
        .filter((line) => command.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

describe('what a person can do next', () => {
  const told = remedyStepSamples.map((step) => inTerminal([step]));

  it.each(told.flatMap((text) => /^`autodevops (.+)`$/.exec(text)?.[1] ?? []))(
    'is in a terminal a command that there is, with options that it has: %s',
    async (line) => {
      const [entry] = registry
        .filter(({ name }) => line === name || line.startsWith(`${name} `))
        .toSorted((a, b) => b.name.length - a.name.length);
      const { options } = await (entry ?? expect.fail(`There is no command ${line}.`)).load();
      const known = optionTable(options).flatMap(({ name, short }) => [`--${name}`, `-${short ?? name}`]);
      const given = line.split(' ').filter((word) => /^--?[a-z]/.test(word));
      expect(given.filter((word) => !known.includes(word))).toEqual([]);
    },
  );

  it('is in a terminal an option that some command has', async () => {
    const all = await Promise.all(registry.map(async ({ load }) => optionTable((await load()).options)));
    const known = new Set(all.flat().map(({ name }) => `--${name}`));
    const named = told
      .filter((text) => !text.includes('autodevops '))
      .flatMap((text) => text.match(/--[a-z-]+/g) ?? []);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('is in the editor a command as the palette names it', () => {
    const found = remedyStepSamples.flatMap((step) => paletteStep(step) ?? []);
    expect(found).not.toEqual([]);
    expect(found.map(({ title }) => title)).toEqual(
      found.map(({ command: id }) => `Auto-DevOps: ${commandEntry(id).title}`),
    );
  });
});
