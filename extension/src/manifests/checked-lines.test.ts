import { expect, it } from 'vitest';
import { checkedLine } from '../contributions/check-task.ts';
import { checkedLines } from './checked-lines.ts';

it('each problem is a line that the problem matcher reads', () => {
  const [line = ''] = checkedLines('/home/ann/shop [x]/web.yaml', 'a: b\n  c: d\n', [
    {
      from: 'file',
      code: 'manifest.selector',
      severity: 'information',
      message: 'two\nlines [x]',
      start: 10,
      end: 11,
      fixes: [],
    },
  ]);
  expect(checkedLine.exec(line)?.slice(1)).toEqual([
    '/home/ann/shop [x]/web.yaml',
    '2',
    '6',
    'info',
    expect.stringContaining('lines [x]'),
    'manifest.selector',
  ]);
});
