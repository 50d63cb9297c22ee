import { describe, expect, it } from 'vitest';
import { problemDiagnosis } from '../../testing/sample-diagnosis.ts';
import { aboutMarks, plainQuestion } from './about.ts';
import type { AboutParts } from './about.ts';
import { readAsked } from './asked.ts';
import { markText, marksIn } from './marks.ts';
import { objectsNamedIn } from './named-in-text.ts';
import type { LookedAt } from './surroundings.ts';

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const manifest =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\nkind: Service\nmetadata: {name: web, namespace: shop}\n';

function parts(
  given: { readonly selection?: LookedAt; readonly terminal?: LookedAt; readonly trusted?: boolean } = {},
): AboutParts {
  return {
    surroundings: {
      file: () => undefined,
      selection: () => given.selection,
      terminal: async () => given.terminal,
      manifests: async () => [],
      filesWith: async () => [],
    },
    folder: {
      trusted: () => given.trusted ?? true,
      path: () => '/home/ann/shop',
      read: async (path) => (path === '/home/ann/shop/deploy/my web.yaml' ? manifest : undefined),
      write: async () => undefined,
    },
    diagnosis: () => problemDiagnosis,
    namespace: () => 'default',
  };
}

async function about(text: string, given: Parameters<typeof parts>[0] = {}) {
  return await aboutMarks(parts(given), marksIn(text));
}

describe('a question', () => {
  it('begins with a command or with none', () => {
    expect(readAsked('/why  web')).toMatchObject({ command: 'why', words: 'web' });
    expect(readAsked(' why is web failing? ')).toMatchObject({ command: undefined, words: 'why is web failing?' });
    expect(readAsked('/Help')).toMatchObject({ command: 'help', words: '' });
    expect(readAsked('/var/log/app is full')).toMatchObject({ command: undefined });
  });

  it('with a command that there is not says which there are', () => {
    expect(() => readAsked('/delete everything')).toThrow(
      expect.objectContaining({
        message: 'There is no command /delete.',
        remedy: expect.stringContaining('/diagnose') as string,
      }),
    );
  });

  it('says by marks what it is about, which read as they were written', () => {
    const text =
      'why #Deployment/shop/web and #log:Pod/shop/web-7d-a in #file:deploy/my%20web.yaml or #file, #selection, #terminal, #Node/worker-1?';
    const marks = marksIn(text);
    expect(marks.map(({ mark }) => markText(mark))).toEqual(marks.map(({ written }) => written));
    expect(marks).toHaveLength(7);
    expect(marks.at(-1)?.mark).toEqual({ type: 'object', object: { kind: 'Node', namespace: '', name: 'worker-1' } });
  });

  it('takes no other # for a mark', () => {
    expect(
      marksIn('issue #42, C#selection, ##file, #files, #deployment/shop/web, #Deployment/shop/, #Node//worker-1'),
    ).toEqual([]);
  });
});

describe('what a question is about', () => {
  it('is an object that it names', async () => {
    const text = 'why is #Deployment/shop/web failing?';
    const found = await about(text);
    expect(found).toMatchObject([{ objects: [web] }]);
    expect(plainQuestion(text, found)).toBe('why is deployment/web failing?');
  });

  it('is what a manifest of the folder describes', async () => {
    expect(await about('#file:deploy/my%20web.yaml')).toMatchObject([
      {
        objects: [
          { ...web, namespace: 'default' },
          { kind: 'Service', namespace: 'shop', name: 'web' },
        ],
        looked: { name: 'deploy/my web.yaml' },
      },
    ]);
  });

  it('is no file outside of the folder, and none of a folder that is not trusted', async () => {
    await expect(about('#file:../other/secret.yaml')).rejects.toThrow('is not in the folder');
    await expect(about('#file:/etc/passwd')).rejects.toThrow('is not in the folder');
    await expect(about('#file:deploy/my%20web.yaml', { trusted: false })).rejects.toThrow(
      'No folder that is trusted is open.',
    );
    await expect(about('#file:gone.yaml')).rejects.toThrow('There is no file gone.yaml.');
  });

  it('is what a selection or a terminal names of what is diagnosed', async () => {
    const looked = (text: string): LookedAt => ({ name: 'selection', text, path: undefined, line: 1 });
    expect(await about('#selection', { selection: looked('E1 cannot pull for web-7d-a: {"x": [}') })).toMatchObject([
      { objects: [{ kind: 'Pod', namespace: 'shop', name: 'web-7d-a' }] },
    ]);
    expect(
      await about('#terminal', { terminal: looked('error: deployment.apps/api exceeded its deadline') }),
    ).toMatchObject([{ objects: [{ kind: 'Deployment', namespace: 'default', name: 'api' }] }]);
    await expect(about('#selection')).rejects.toThrow('There is nothing to look at.');
  });

  it('is never more than fifty objects, whatever a text holds', () => {
    const text = Array.from({ length: 400 }, (_one, index) => `pod/a-${index}`).join('\n');
    expect(objectsNamedIn(text, undefined, 'default')).toHaveLength(50);
    expect(
      objectsNamedIn(
        'a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n',
        undefined,
        'default',
      ),
    ).toEqual([]);
  });
});
