import { describe, expect, it } from 'vitest';
import { agentFolder } from './agent-folder.ts';
import { agentSettings } from './agent-settings.ts';
import type { SettingsSources } from './agent-settings.ts';

const dev = { context: 'dev', server: 'https://127.0.0.1:6443' };

function sources(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): SettingsSources {
  return {
    env: { XDG_STATE_HOME: '/state', ...env },
    platform: 'linux',
    home: '/home/ann',
    cluster: async ({ context }) => ({ ...dev, context: context ?? dev.context }),
    read: async (path) => files[path],
  };
}

describe('the folder of an agent', () => {
  it('is another for each API server and context, and where each platform keeps state', () => {
    const folders = [dev, { ...dev, context: 'prod' }, { ...dev, server: 'https://10.0.0.1:6443' }].map((cluster) =>
      agentFolder(cluster, {}, 'linux', '/home/ann'),
    );
    expect(new Set(folders).size).toBe(3);
    expect(folders[0]).toMatch(/^\/home\/ann\/\.local\/state\/autodevops\/agents\/dev-[0-9a-f]{8}$/);
    expect(agentFolder(dev, {}, 'darwin', '/Users/ann')).toContain(
      '/Users/ann/Library/Application Support/autodevops/agents/',
    );
    expect(agentFolder(dev, { LOCALAPPDATA: 'L' }, 'win32', 'H')).toContain('L');
  });

  it('leaves room for a socket, whatever a context is called, and never leads out of itself', () => {
    const long = agentFolder(
      { context: `arn:aws:eks:eu-central-1:123456789012:cluster/${'x'.repeat(200)}`, server: 's' },
      {},
      'linux',
      '/home/ann',
    );
    expect(`${long}/data/agent.sock`.length).toBeLessThan(104);
    expect(agentFolder({ context: '../../etc', server: 's' }, {}, 'linux', '/h')).toMatch(/\/agents\/[\w-][\w.-]*$/);
    expect(agentFolder({ context: '名前', server: 's' }, {}, 'linux', '/h')).toMatch(/\/agents\/cluster-[0-9a-f]{8}$/);
  });
});

describe('the settings of an agent', () => {
  it('are the defaults in the folder of its cluster, where no file is', async () => {
    const { configuration, folder, file, place } = await agentSettings({}, sources());
    expect(configuration).toMatchObject({
      mode: 'local',
      cluster: { context: 'dev' },
      agents: { scarlet: { autonomy_level: 'suggest' } },
    });
    expect({ file, place }).toEqual({ file: undefined, place: `${folder}/config.yaml` });
  });

  it('are those of the file in the folder of its cluster', async () => {
    const folder = agentFolder(dev, { XDG_STATE_HOME: '/state' }, 'linux', '/home/ann');
    const { configuration, file } = await agentSettings(
      {},
      sources({ [`${folder}/config.yaml`]: 'agents: {scarlet: {autonomy_level: development}}' }),
    );
    expect({ level: configuration.agents.scarlet.autonomy_level, file }).toEqual({
      level: 'development',
      file: `${folder}/config.yaml`,
    });
  });

  it('are those of the file that is named, which outranks the one of the environment', async () => {
    const read = sources(
      { '/a/one.yaml': 'customer: one', '/b/two.yaml': 'customer: two\ncluster: {context: prod}' },
      { AUTODEVOPS_CONFIG: '/a/one.yaml' },
    );
    expect((await agentSettings({}, read)).configuration.customer).toBe('one');
    expect(await agentSettings({ config: '/b/two.yaml' }, read)).toMatchObject({
      configuration: { customer: 'two', cluster: { context: 'prod' } },
      folder: '/b',
    });
    expect((await agentSettings({ context: 'dev' }, read)).configuration.cluster.context).toBe('dev');
  });

  it('say what is shown over TLS: by options, else by the environment, else by the file', async () => {
    const files = {
      '/b/agent.yaml':
        'client: {address: "https://agent.example:7070", certificate: own.pem, key: own.key, authority: ca.pem}',
    };
    const env = { AUTODEVOPS_CLIENT_CERT: '/env/cert.pem', AUTODEVOPS_CLIENT_KEY: '/env/key.pem', AUTODEVOPS_CA: '' };
    const clientOf = async (choice: object, read: SettingsSources): Promise<unknown> =>
      (await agentSettings({ config: '/b/agent.yaml', ...choice }, read)).configuration.client;
    const address = 'https://agent.example:7070';
    expect(await clientOf({}, sources(files))).toEqual({
      address,
      certificate: 'own.pem',
      key: 'own.key',
      authority: 'ca.pem',
    });
    expect(await clientOf({}, sources(files, env))).toEqual({
      address,
      certificate: '/env/cert.pem',
      key: '/env/key.pem',
      authority: 'ca.pem',
    });
    expect(await clientOf({ clientCert: '/o/c', clientKey: '/o/k', ca: '/o/a' }, sources(files, env))).toEqual({
      address,
      certificate: '/o/c',
      key: '/o/k',
      authority: '/o/a',
    });
  });

  it('lead to the local cluster where they are of one', async () => {
    const read = sources({ '/c.yaml': 'cluster: {type: kind}', '/named.yaml': 'cluster: {type: kind, name: shop}' });
    const contextOf = async (choice: object): Promise<unknown> =>
      (await agentSettings(choice, read)).configuration.cluster.context;
    expect(await contextOf({ config: '/c.yaml' })).toBe('kind-autodevops');
    expect(await contextOf({ config: '/c.yaml', context: 'kind-other' })).toBe('kind-other');
    expect(await contextOf({ config: '/named.yaml' })).toBe('kind-shop');
    await expect(agentSettings({ config: '/named.yaml', context: 'kind-other' }, read)).rejects.toThrow(
      'is not the cluster of /named.yaml, which is kind-shop',
    );
  });

  it('are refused where the file is missing, wrong, or of another cluster than the one that is named', async () => {
    const read = sources({ '/b/two.yaml': 'cluster: {context: prod}', '/c.yaml': 'mod: local' });
    await expect(agentSettings({ config: '/none.yaml' }, read)).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(agentSettings({ config: '/c.yaml' }, read)).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(agentSettings({ config: '/b/two.yaml', context: 'dev' }, read)).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
