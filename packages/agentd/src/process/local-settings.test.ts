import { describe, expect, it } from 'vitest';
import { localSettings } from './local-settings.ts';
import type { LocalChoice, LocalSettings, LocalSources } from './local-settings.ts';

type Files = Readonly<Record<string, string>>;

function of(choice: LocalChoice, files: Files = {}, more: Partial<LocalSources> = {}): Promise<LocalSettings> {
  return localSettings(choice, {
    env: {},
    read: async (path) => files[path],
    remembered: async () => undefined,
    ...more,
  });
}

const config = `mode: local
cluster:
  type: kind
  nodes: 2
  kubernetes: 1.35.0
  kind: ./bin/kind
  kubeconfig: ./dev.kubeconfig
  ports: [{host: 8080, node: 30080}]
  mounts: [{host: ./src, node: /src}]
  registryMirrors: {docker.io: "http://mirror:5000"}
  images: ["web:1"]
  resources: {memory: 4Gi, cpus: 1500m}
  kindConfiguration: kind.yaml
agents: {scarlet: {autonomy_level: development}}
`;

describe('what a local cluster is made from', () => {
  it('is three nodes by the name of autodevops where nothing is said', async () => {
    const { settings, agents } = await of({});
    expect(settings).toMatchObject({
      name: 'autodevops',
      nodes: 3,
      kind: 'kind',
      image: undefined,
      kubernetes: undefined,
      configuration: undefined,
      ceiling: { memory: undefined, cpus: undefined, overHalf: false },
    });
    expect(agents).toBe(false);
  });

  it('is what the named file says, with paths beside it', async () => {
    const { settings, agents } = await of(
      { config: '/dev/local-config.yaml' },
      { '/dev/local-config.yaml': config, '/dev/kind.yaml': 'networking: {}' },
    );
    expect(settings).toEqual({
      name: 'autodevops',
      nodes: 2,
      kubernetes: '1.35.0',
      image: undefined,
      engine: undefined,
      kind: '/dev/bin/kind',
      ports: [{ host: 8080, node: 30080, address: '127.0.0.1', protocol: 'TCP' }],
      mounts: [{ host: '/dev/src', node: '/src', readOnly: true }],
      registryMirrors: { 'docker.io': 'http://mirror:5000' },
      images: ['web:1'],
      ceiling: { memory: 4 * 2 ** 30, cpus: 1.5, overHalf: false },
      kindConfiguration: { text: 'networking: {}', file: '/dev/kind.yaml' },
      kubeconfig: '/dev/dev.kubeconfig',
      configuration: '/dev/local-config.yaml',
    });
    expect(agents).toBe(true);
  });

  it('is the file that the cluster was made from, where none is named', async () => {
    const remembered = async (name: string): Promise<string | undefined> =>
      name === 'dev' ? '/dev/c.yaml' : undefined;
    expect(
      (await of({ name: 'dev' }, { '/dev/c.yaml': 'cluster: {type: kind, nodes: 1}' }, { remembered })).settings,
    ).toMatchObject({ name: 'dev', nodes: 1 });
    expect((await of({ name: 'dev' }, {}, { remembered })).settings).toMatchObject({ name: 'dev', nodes: 3 });
  });

  it('lets a machine say what it has instead', async () => {
    const env = {
      AUTODEVOPS_CONFIG: '/c.yaml',
      AUTODEVOPS_KIND: '/opt/kind',
      AUTODEVOPS_NODE_IMAGE: 'mine/node:v1.36.3',
    };
    expect(
      (await of({}, { '/c.yaml': 'cluster: {type: kind, kind: other, image: "kindest/node:v1.35.0"}' }, { env }))
        .settings,
    ).toMatchObject({ kind: '/opt/kind', image: 'mine/node:v1.36.3' });
  });

  const wrong: readonly (readonly [string, string, LocalChoice, string])[] = [
    [
      'a file for another kind of cluster',
      'cluster: {context: prod}',
      {},
      'is for no local cluster: its cluster is of type context',
    ],
    ['a file for the cloud', 'mode: cloud\ncluster: {type: kind}', {}, 'is for no local cluster: it is for cloud mode'],
    ['settings of Kind without it', 'cluster: {nodes: 3}', {}, 'is a setting of `type: kind` alone'],
    [
      'a name that is not that of the file',
      'cluster: {type: kind, name: one}',
      { name: 'two' },
      '--name two is not the cluster of',
    ],
    ['an amount that is none', 'cluster: {type: kind, resources: {memory: much}}', {}, 'is no amount of memory'],
    [
      'a missing file of kind',
      'cluster: {type: kind, kindConfiguration: gone.yaml}',
      {},
      'There is no file /gone.yaml',
    ],
  ];
  it.each(wrong)('is refused for %s', async (_name, text, choice, says) => {
    await expect(of({ config: '/c.yaml', ...choice }, { '/c.yaml': text })).rejects.toThrow(says);
  });

  it('is refused for a file that is not there', async () => {
    await expect(of({ config: '/gone.yaml' })).rejects.toThrow('There is no configuration /gone.yaml');
  });
});
