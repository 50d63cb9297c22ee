import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Settings } from '../settings/settings.ts';
import { wantedAgent } from './wanted-agent.ts';

const chosen = { name: 'kind-shop', server: 'https://127.0.0.1:6443', namespace: '', local: true };

function editor(given: Readonly<Record<string, unknown>> = {}, trusted = true): Parameters<typeof wantedAgent>[0] {
  return {
    settings: () => Settings.parse(given),
    folder: {
      trusted: () => trusted,
      path: () => '/home/ann/shop',
      read: async () => undefined,
      write: async () => undefined,
    },
  };
}

describe('the agent that is wanted', () => {
  it('is that of the chosen context', () => {
    expect(wantedAgent(editor({ 'cluster.kubeconfig': '/k' }), { chosen, problem: undefined }, undefined)).toEqual({
      context: 'kind-shop',
      server: 'https://127.0.0.1:6443',
      kubeconfig: '/k',
      config: undefined,
    });
  });

  it('is configured by the folder only for the very cluster that its configuration names', () => {
    const config = (context: string | undefined): unknown =>
      wantedAgent(
        editor(),
        { chosen, problem: undefined },
        {
          path: '/home/ann/shop/local-config.yaml',
          context,
          problem: undefined,
          mistakes: [],
        },
      );
    expect(config('kind-shop')).toMatchObject({ config: '/home/ann/shop/local-config.yaml' });
    expect(config('kind-other')).toMatchObject({ config: undefined });
    expect(config(undefined)).toMatchObject({ config: undefined });
  });

  it('is one without the configuration of the folder while that cannot be read, unless it could be before', () => {
    const problem = new AutoDevOpsError('config.invalid', 'Line 3 is wrong.', 'Correct it.');
    const config = { path: '/home/ann/shop/local-config.yaml', problem, mistakes: [] };
    const wanted = (context: string | undefined): unknown =>
      wantedAgent(editor(), { chosen, problem: undefined }, { ...config, context });
    expect(wanted(undefined)).toMatchObject({ context: 'kind-shop', config: undefined });
    expect(wanted('kind-shop')).toMatchObject({ context: 'kind-shop', config: config.path });
  });

  it.each([
    ['the folder is not trusted', editor({}, false), { chosen, problem: undefined }, 'not trusted'],
    [
      'clusters are not to be spoken to',
      editor({ 'cluster.access': 'off' }),
      { chosen, problem: undefined },
      'autodevops.cluster.access',
    ],
    [
      'the kubeconfig cannot be read',
      editor(),
      { chosen: undefined, problem: new AutoDevOpsError('kubeconfig.invalid', 'It is a folder.', '') },
      'It is a folder',
    ],
    ['there is no cluster', editor(), { chosen: undefined, problem: undefined }, 'no cluster to speak to'],
  ])('is none where %s, and the reason is said', (_name, given, state, says) => {
    const none = wantedAgent(given, state, undefined);
    expect(none).toBeInstanceOf(AutoDevOpsError);
    expect((none as AutoDevOpsError).message).toContain(says);
  });
});
