import { describe, expect, it } from 'vitest';
import { pod as podShape } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { logLines, logLineTime, newestLogLines } from './log-lines.ts';

const pod = podShape.read({ metadata: { name: 'web', namespace: 'shop' } });

function lines(logs: { current?: string; previous?: string }, which?: 'current'): string[] {
  const log = (text: string | undefined, previous: boolean) =>
    text === undefined ? [] : [{ namespace: 'shop', pod: 'web', container: 'app', previous, text, truncated: false }];
  const snapshot = new Snapshot({
    capturedAt: '2026-01-01T12:00:00Z',
    logs: [...log(logs.current, false), ...log(logs.previous, true)],
  });
  return logLines(snapshot, pod, 'app', which).map(
    (line) => `${line.previous ? 'before' : 'now'} ${line.time} ${line.text}`,
  );
}

describe('the lines of a container', () => {
  it('are those of its last completed run where there was one', () => {
    expect(lines({ current: 'starting', previous: 'it failed' })).toEqual(['before  it failed']);
  });

  it('are those of the present run when there was none, or when they are asked for', () => {
    expect(lines({ current: 'starting' })).toEqual(['now  starting']);
    expect(lines({ current: 'starting', previous: 'it failed' }, 'current')).toEqual(['now  starting']);
  });

  it('are none when no log was read', () => {
    expect(lines({})).toEqual([]);
  });

  it('are those of the present run when the log before was cleaned away or is empty', () => {
    expect(lines({ current: 'starting', previous: 'unable to retrieve container logs for containerd://abc' })).toEqual([
      'now  starting',
    ]);
    expect(lines({ current: 'starting', previous: ' \n' })).toEqual(['now  starting']);
  });

  it('are those of the present run when the file of the log before is gone', () => {
    const file = '/var/log/pods/shop_web_0343af6e-c188-4065-80fd-c623b722e458/app/3.log';
    const previous = `failed to try resolving symlinks in path "${file}": lstat ${file}: no such file or directory`;
    expect(lines({ current: 'starting', previous })).toEqual(['now  starting']);
  });

  it('are kept when a program only speaks of logs that were cleaned away', () => {
    expect(lines({ previous: 'unable to retrieve container logs for x\nanother line' })).toHaveLength(2);
  });

  it('come in their order without empty ones', () => {
    expect(lines({ current: 'one\n\n  \ntwo\n' })).toEqual(['now  one', 'now  two']);
  });
});

describe('the time in front of a line', () => {
  it('is taken off and kept', () => {
    expect(lines({ current: '2026-01-01T11:59:00.123456789Z hello world' })).toEqual([
      'now 2026-01-01T11:59:00.123456789Z hello world',
    ]);
  });

  it('may be of any time zone: the kubelet gives its own', () => {
    expect(lines({ current: '2026-01-01T13:59:00.1+02:00 hello' })).toEqual(['now 2026-01-01T13:59:00.1+02:00 hello']);
  });

  it('is taken off lines that hold other line ends too', () => {
    expect(lines({ current: '2026-01-01T11:59:00Z ten\rtwenty\r\n2026-01-01T11:59:01Z a\u2028b' })).toEqual([
      'now 2026-01-01T11:59:00Z ten\rtwenty',
      'now 2026-01-01T11:59:01Z a\u2028b',
    ]);
  });

  it('is not what a program writes in another form', () => {
    expect(lines({ current: '2026-01-01 11:59:00 hello' })).toEqual(['now  2026-01-01 11:59:00 hello']);
  });
});

describe('the newest lines that hold some words', () => {
  const text =
    '2026-01-01T11:59:00.5Z E0101 refused\n2026-01-01T11:59:01Z fine\n2026-01-01T11:59:02Z refused\r\nrefused\n';

  it('stand without the time that the API puts in front, which is told beside them', () => {
    expect(newestLogLines({ text, previous: true }, 'refused', 5)).toEqual([
      { text: 'refused', time: '', previous: true },
      { text: 'refused', time: '2026-01-01T11:59:02Z', previous: true },
      { text: 'E0101 refused', time: '2026-01-01T11:59:00.5Z', previous: true },
    ]);
  });

  it('are of that time, else of the time that they say themselves', () => {
    const now = Date.parse('2026-01-01T12:00:00Z');
    const own = '2026-01-01T10:00:00Z refused';
    expect(logLineTime({ text: own, time: '2026-01-01T11:59:02Z' }, now)).toBe(Date.parse('2026-01-01T11:59:02Z'));
    expect(logLineTime({ text: own, time: '' }, now)).toBe(Date.parse('2026-01-01T10:00:00Z'));
    expect(logLineTime({ text: 'refused', time: '' }, now)).toBeUndefined();
  });
});
