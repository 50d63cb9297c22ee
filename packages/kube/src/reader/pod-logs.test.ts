import type { LogRequest } from '@autodevops/domain/ports/cluster';
import { describe, expect, it } from 'vitest';
import { replayed, rawPods } from '../testing/replayed.ts';
import type { RecordedLog } from '../replay/replay-server.ts';

const signal = new AbortController().signal;

function want(rest: Partial<LogRequest> = {}): LogRequest {
  return {
    namespace: 'shop',
    pod: 'p-00000',
    container: 'app',
    previous: false,
    tailLines: 300,
    limitBytes: 4096,
    ...rest,
  };
}

function log(text: string, rest: Partial<RecordedLog> = {}): RecordedLog {
  return { namespace: 'shop', pod: 'p-00000', container: 'app', previous: false, text, ...rest };
}

describe('logs', () => {
  it('are read with their times, the last lines only', async () => {
    const stamped = Array.from(
      { length: 10 },
      (_, index) => `2026-01-01T00:00:0${index}.000000000Z line ${index}\n`,
    ).join('');
    const { reader } = await replayed({ objects: rawPods(1), logs: [log(stamped)] });
    expect(await reader.logs([want({ tailLines: 2 })], { signal })).toEqual([
      {
        namespace: 'shop',
        pod: 'p-00000',
        container: 'app',
        previous: false,
        text: '2026-01-01T00:00:08.000000000Z line 8\n2026-01-01T00:00:09.000000000Z line 9\n',
        truncated: true,
      },
    ]);
  });

  it('that are not there are left out: no earlier run, no pod, no container', async () => {
    const { reader } = await replayed({ objects: rawPods(1), logs: [log('here\n')] });
    const logs = await reader.logs(
      [want({ previous: true }), want({ pod: 'gone' }), want({ container: 'x' }), want()],
      { signal },
    );
    expect(logs.map(({ text, truncated }) => [text.includes('here'), truncated])).toEqual([[true, false]]);
  });

  it('of 50 MB cost what their end costs', async () => {
    const line = `${'x'.repeat(199)}\n`;
    const { reader } = await replayed({ objects: rawPods(1), logs: [log(`${line.repeat(250_000)}the end\n`)] });
    const [read] = await reader.logs([want({ tailLines: 1_000_000 })], { signal });
    expect(read?.text.length).toBeLessThanOrEqual(4096);
    expect(read?.text.endsWith('the end\n')).toBe(true);
    expect(read?.truncated).toBe(true);
  });

  it('of very long lines still show the newest one', async () => {
    const { reader } = await replayed({
      objects: rawPods(1),
      logs: [log(`${`${'y'.repeat(100_000)}\n`.repeat(40)}the end\n`)],
    });
    const [read] = await reader.logs([want({ tailLines: 40 })], { signal });
    expect(read?.text).toMatch(/the end\n$/);
  });

  it('that do not come in time, or may not be read, are left out', async () => {
    const hanging = await replayed(
      { objects: rawPods(2), logs: [log('a\n'), log('b\n', { pod: 'p-00001' })] },
      { fault: ({ path }) => (path.includes('p-00000/log') ? { kind: 'hang' } : undefined) },
    );
    expect((await hanging.reader.logs([want(), want({ pod: 'p-00001' })], { signal })).map(({ pod }) => pod)).toEqual([
      'p-00001',
    ]);
    const forbidden = await replayed(
      { objects: rawPods(1), logs: [log('a\n')] },
      { fault: ({ path }) => (path.endsWith('/log') ? { kind: 'status', code: 403 } : undefined) },
    );
    expect(await forbidden.reader.logs([want()], { signal })).toEqual([]);
  });
});
