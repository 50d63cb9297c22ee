import { describe, expect, it } from 'vitest';
import { followLink } from './follow-link.ts';
import { LinkBook } from './link-book.ts';
import { linkedText, objectNamed } from './linked-text.ts';

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const worker = { kind: 'Node', namespace: '', name: 'worker-1' };

describe('a link', () => {
  it('is the same for the same target, and leads there', () => {
    const links = new LinkBook();
    const first = links.id({ type: 'object', object: web });
    expect(links.id({ type: 'object', object: { ...web } })).toBe(first);
    expect(links.id({ type: 'log', object: web })).not.toBe(first);
    expect(links.target(first)).toEqual({ type: 'object', object: web });
  });

  it('that was never given leads nowhere, and the person is told', async () => {
    const links = new LinkBook();
    expect(links.target('l-7')).toBeUndefined();
    await expect(
      followLink(
        { documents: { openFile: async () => undefined }, run: async () => undefined, ask: async () => undefined },
        links.target('l-7'),
      ),
    ).rejects.toThrow('That link is too old.');
  });

  it('of a book that is full gives way to newer ones', () => {
    const links = new LinkBook(2);
    const [first, second, third] = ['a', 'b', 'c'].map((question) => links.id({ type: 'ask', question }));
    expect([first, second, third].map((id) => links.target(id ?? '') !== undefined)).toEqual([false, true, true]);
  });

  it('of each kind does what it says', async () => {
    const done: unknown[] = [];
    const follow = {
      documents: { openFile: async (path: string, line?: number) => void done.push(['file', path, line]) },
      run: async (...args: unknown[]) => void done.push(args),
      ask: async (question: string) => void done.push(question),
    };
    await followLink(follow, { type: 'cause', code: 'pod.image.not-found', object: web });
    await followLink(follow, { type: 'object', object: web });
    await followLink(follow, { type: 'log', object: web });
    await followLink(follow, { type: 'file', path: '/home/ann/shop/web.yaml', line: 7 });
    await followLink(follow, { type: 'command', command: 'autodevops.killSwitch' });
    await followLink(follow, { type: 'ask', question: '/help' });
    expect(done).toEqual([
      ['autodevops.showCause', { type: 'cause', code: 'pod.image.not-found', object: web }],
      ['autodevops.diagnose.resource', { type: 'object', object: web }],
      ['autodevops.tailLogs', { type: 'object', object: web }],
      ['file', '/home/ann/shop/web.yaml', 7],
      ['autodevops.killSwitch', undefined],
      '/help',
    ]);
  });
});

describe('a sentence', () => {
  it('lets objects be pressed where it names them, and stays the same sentence', () => {
    const line = linkedText(
      'Deployment shop/web waits for Node worker-1, says Container web.',
      [worker],
      new LinkBook(),
    );
    expect(line.map(({ text, link }) => (link === undefined ? text : `[${text}]`)).join('')).toBe(
      '[Deployment shop/web] waits for [Node worker-1], says Container web.',
    );
  });

  it('of a hostile cluster makes no link but to objects, and shows what it would hide', () => {
    const links = new LinkBook();
    const line = linkedText(
      '[x](command:workbench.action.quit) <a href="https://evil">Pod shop/y</a> \u202Eabc \u001B[2J',
      [],
      links,
    );
    expect(line.map(({ text }) => text).join('')).toBe(
      String.raw`[x](command:workbench.action.quit) <a href="https://evil">Pod shop/y</a> \u{202e}abc \x1b[2J`,
    );
    expect(line.filter(({ link }) => link !== undefined).map(({ text }) => text)).toEqual(['Pod shop/y']);
  });

  it('that is nothing but a name of an object names it', () => {
    expect(objectNamed('Deployment shop/web')).toEqual(web);
    expect(objectNamed('Node worker-1')).toEqual(worker);
    for (const other of ['', 'shop/web', 'Deployment shop/web and more', '4 minutes ago']) {
      expect(objectNamed(other)).toBeUndefined();
    }
  });
});
