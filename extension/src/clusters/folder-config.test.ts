import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Settings } from '../settings/settings.ts';
import { FolderConfigs } from './folder-config.ts';

const name = 'local-config.yaml';
const place = `/home/ann/shop/${name}`;

function configs(first: string | undefined, { trusted = true } = {}) {
  const read: string[] = [];
  const told: string[] = [];
  let text = first;
  const folder = {
    trusted: () => trusted,
    path: () => '/home/ann/shop',
    read: async (path: string) => {
      read.push(path);
      if (text === 'a folder') throw Object.assign(new Error('EISDIR: a folder'), { code: 'EISDIR' });
      return text;
    },
    write: async () => undefined,
  };
  const log = {
    info: () => undefined,
    warn: (line: string) => void told.push(line),
    error: () => undefined,
    show: () => undefined,
  };
  const found = new FolderConfigs({ folder, log, settings: () => Settings.parse({}) }, async (given) => {
    if (given.includes('wrong')) throw new AutoDevOpsError('config.invalid', given, 'Correct it.');
    return given;
  });
  return { found, read, told, write: (now: string) => void (text = now) };
}

describe('the configuration of a folder', () => {
  it('is read where it lies, and says which context it is about', async () => {
    const { found } = configs('kind-shop');
    await found.refresh();
    expect(found.state.value).toEqual({ path: place, context: 'kind-shop', problem: undefined, mistakes: [] });
    expect(found.refusal()).toBeUndefined();
  });

  it('is none where there is no such file', async () => {
    const { found } = configs(undefined);
    await found.refresh();
    expect(found.state.value).toBeUndefined();
    expect(found.refusal()).toBeUndefined();
  });

  it('is not looked for in a folder that is not trusted', async () => {
    const { found, read } = configs('kind-shop', { trusted: false });
    await found.refresh();
    expect(found.state.value).toBeUndefined();
    expect(read).toEqual([]);
  });
});

describe('a configuration that cannot be read', () => {
  it('is about no cluster that is known; it says where it is wrong, and how else', async () => {
    const { found, told } = configs(`${name}:3: "x" is wrong`);
    await found.refresh();
    expect(found.state.value).toMatchObject({
      context: undefined,
      mistakes: [{ line: 3, says: '"x" is wrong' }],
      problem: {
        code: 'config.invalid',
        message: `${name}:3: "x" is wrong`,
        remedy: 'Correct it. Or name another file by the setting autodevops.local.config.',
      },
    });
    expect(told).toEqual([`${name}:3: "x" is wrong`]);
  });

  it('keeps everything from being changed: what it forbids would not be kept', async () => {
    const { found } = configs(`${name}:3: "x" is wrong`);
    await found.refresh();
    expect(found.refusal()).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining(`cannot be read: ${name}:3: "x" is wrong`) as string,
      remedy: expect.stringContaining('autodevops.local.config') as string,
    });
  });

  it('is still about the context that it named before, so that who saves half a line keeps the agent', async () => {
    const { found, write } = configs('kind-shop');
    await found.refresh();
    write(`${name}:1: wrong`);
    await found.refresh();
    expect(found.state.value).toMatchObject({ context: 'kind-shop', mistakes: [{ line: 1 }] });
    write('kind-other');
    await found.refresh();
    expect(found.state.value).toMatchObject({ context: 'kind-other', problem: undefined, mistakes: [] });
  });

  it('does not tell every line of a file that is of something else', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `${name}:${index + 1}: "k${index}" is wrong`);
    const { found } = configs(lines.join('\n'));
    await found.refresh();
    expect(found.state.value?.mistakes).toHaveLength(40);
    expect(found.state.value?.problem?.message).toBe(`${lines.slice(0, 3).join('\n')} There are 37 more.`);
  });

  it('may be no file at all', async () => {
    const { found } = configs('a folder');
    await found.refresh();
    expect(found.state.value).toMatchObject({ path: place, context: undefined, mistakes: [] });
    expect(found.refusal()?.message).toContain(`${name} cannot be read (EISDIR).`);
  });
});
