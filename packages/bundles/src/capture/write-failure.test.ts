import { AutoDevOpsError } from '@autodevops/domain/errors';
import { describe, expect, it } from 'vitest';
import { writeFailure } from './write-failure.ts';

const of = (code: string): AutoDevOpsError =>
  writeFailure(Object.assign(new Error('write'), { code }), 'out.tar.gz') as AutoDevOpsError;

describe('a disk that fails', () => {
  it.each([
    [
      'ENOSPC',
      'out.tar.gz could not be written: there is no space left on the disk.',
      'Make room, or give another place with --output.',
    ],
    [
      'EDQUOT',
      'out.tar.gz could not be written: your share of the disk is used up.',
      'Make room, or give another place with --output.',
    ],
    ['EROFS', 'out.tar.gz could not be written: the disk is read-only.', 'Give another place with --output.'],
    [
      'EACCES',
      'out.tar.gz could not be written: you may not write there.',
      'Give another place with --output, or change its permissions.',
    ],
    ['EIO', 'out.tar.gz could not be written: EIO.', 'Give another place with --output.'],
  ])('by %s is told in a sentence, with what to do', (code, message, remedy) => {
    expect(of(code)).toMatchObject({ code: 'output.failed', message, remedy });
  });

  it('is all that is told so: other errors stay what they are', () => {
    for (const error of [
      new Error('x'),
      new AutoDevOpsError('usage', 'a.', 'b.'),
      Object.assign(new Error('x'), { code: 'Z_DATA_ERROR' }),
      undefined,
    ]) {
      expect(writeFailure(error, 'o')).toBe(error);
    }
  });
});
