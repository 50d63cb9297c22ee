import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { renderingOf, renderManifests } from './rendering.ts';

const signal = AbortSignal.timeout(30_000);
const rendered = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n';

describe('rendering', () => {
  it('shows what a chart comes to, in the namespace of the window', async () => {
    const ran: (readonly string[])[] = [];
    const { parts, shown } = await fakeWindow({
      programs: { helm: '/usr/bin/helm' },
      tool: (program, args) => {
        ran.push([program, ...args]);
        return rendered;
      },
    });
    await renderManifests(parts, { fsPath: '/home/ann/My Shop/Chart.yaml' }, signal);
    expect(ran).toEqual([['/usr/bin/helm', 'template', 'my-shop', '.', '--namespace=default']]);
    expect(shown).toEqual([{ path: 'rendered/My Shop.yaml', language: 'yaml', text: rendered }]);
  });

  it('shows what a kustomization comes to, which may run no plugin', async () => {
    expect(renderingOf('/a/kustomization.yml', 'x')).toEqual({ tool: 'kubectl', args: ['kustomize', '.'] });
    const { parts, shown } = await fakeWindow({
      replies: [{ file: '/a/overlay/kustomization.yaml' }],
      tool: () => rendered,
    });
    await renderManifests(parts, undefined, signal);
    expect(shown[0]?.path).toBe('rendered/overlay.yaml');
  });

  it('starts nothing in a folder that is not trusted, of what is no chart, or that is not installed', async () => {
    const never = {
      tool: () => {
        throw new Error('it was started');
      },
    };
    const at = { fsPath: '/a/Chart.yaml' };
    await expect(renderManifests((await fakeWindow({ ...never, trusted: false })).parts, at, signal)).rejects.toThrow(
      'not trusted',
    );
    await expect(
      renderManifests((await fakeWindow({ ...never, replies: [{ file: '/a/values.yaml' }] })).parts, undefined, signal),
    ).rejects.toThrow('neither a chart');
    await expect(renderManifests((await fakeWindow({ ...never, programs: {} })).parts, at, signal)).rejects.toThrow(
      'helm is not on the PATH',
    );
  });
});
