import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { describe, expect, it } from 'vitest';
import { indexLogs, logKey } from './log-index.ts';
import { isLogFile } from './log-name.ts';
import { logWindow } from './log-window.ts';

const pods = [
  ['shop', 'web-1', ['web']],
  ['shop', 'api-1', ['api', 'api-previous', 'sidecar']],
  ['data', 'db-0', ['db']],
  ['copy', 'db-0', ['db']],
].map(([namespace, name, containers]) =>
  kinds.Pod.shape.read({
    metadata: { namespace, name },
    spec: { containers: (containers as string[]).map((container) => ({ name: container })) },
  }),
);

describe('a log is found by its place', () => {
  it.each([
    ['b/logs/shop/web-1/web.log', 'shop/web-1/web/current'],
    ['b/logs/shop/web-1/web.previous.log', 'shop/web-1/web/previous'],
    ['mg/namespaces/x/pods/gone-1/c/c/logs/current.log', 'x/gone-1/c/current'],
    ['mg/namespaces/x/pods/gone-1/c/c/logs/previous.insecure.log', 'x/gone-1/c/previous'],
    ['sb/cluster-resources/pods/logs/shop/api-1/api-previous.log', 'shop/api-1/api/previous'],
    ['kind/worker/pods/shop_web-1_0f3a/web/0.log', 'shop/web-1/web/current'],
    [`node/var/log/containers/web-1_shop_web-${'0f3a'.repeat(16)}.log`, 'shop/web-1/web/current'],
    ['sonobuoy/podlogs/shop/api-1/logs/sidecar.txt', 'shop/api-1/sidecar/current'],
    ['web-1.log', 'shop/web-1/web/current'],
    ['web-1-previous.txt', 'shop/web-1/web/previous'],
    ['x/shop_api-1_sidecar.log', 'shop/api-1/sidecar/current'],
    ['collector/api-1/sidecar.log', 'shop/api-1/sidecar/current'],
    ['data/db-0.log', 'data/db-0/db/current'],
    ['copy/x/db-0/db.log', 'copy/db-0/db/current'],
  ])('%s', (path, key) => {
    expect([...indexLogs([{ path, sections: [] }], pods).keys()]).toEqual([key]);
  });

  it.each(['db-0.log', 'api-1.log', 'unknown.log', 'install.log'])('%s says too little', (path) => {
    expect(indexLogs([{ path, sections: [] }], pods).size).toBe(0);
  });

  it('and of a container that began again by the run that its file tells', () => {
    const path = (number: number): string => `var/log/pods/shop_web-1_0f3a/web/${number}.log`;
    const index = indexLogs(
      [8, 10, 9].map((number) => ({ path: path(number), sections: [] })),
      pods,
    );
    expect([...index].map(([key, place]) => [key, place.path])).toEqual([
      ['shop/web-1/web/current', path(10)],
      ['shop/web-1/web/previous', path(9)],
    ]);
  });

  it('except the notes of what could not be collected', () => {
    expect(isLogFile('cluster-resources/pods/logs/shop/web-1/web-logs-errors.log')).toBe(false);
    expect(logKey({ namespace: 'a', pod: 'b', container: 'c', previous: true })).toBe('a/b/c/previous');
  });
});

describe('the window on a log', () => {
  const read = (text: string, tailLines: number, limitBytes = 100_000): { text: string; truncated: boolean } => {
    const window = logWindow({ tailLines, limitBytes });
    for (let at = 0; at < text.length; at += 700) window.write(Buffer.from(text.slice(at, at + 700)));
    return window.text();
  };

  it.each([
    ['a\nb\nc\n', 2, 'b\nc\n', true],
    ['a\nb\nc', 2, 'b\nc', true],
    ['a\nb\n', 2, 'a\nb\n', false],
    ['a', 5, 'a', false],
    ['', 5, '', false],
    ['a\r\nb\r\n', 1, 'b\n', true],
    ['2026-03-02T09:00:00.1Z stderr F oh no\n', 5, '2026-03-02T09:00:00.1Z oh no\n', false],
  ])('of %j shows the last %d lines', (text, lines, shown, truncated) => {
    expect(read(text, lines)).toEqual({ text: shown, truncated });
  });

  it('stays within its bytes', () => {
    const text = Array.from({ length: 5000 }, (_, n) => `line ${n}\n`).join('');
    const shown = read(text, 100_000, 10_000);
    expect(shown.truncated).toBe(true);
    expect(shown.text.length).toBeLessThanOrEqual(10_000);
    expect(shown.text).toMatch(/^line 0\n[\s\S]*\nline 19\n\[\.\.\.\]\nline \d+\n[\s\S]*line 4999\n$/);
  });
});
