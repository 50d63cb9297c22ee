import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { describeError, errorText } from './describe-error.ts';

describe('a failure that is known', () => {
  it('is two sentences on two lines, whatever it quotes', () => {
    const error = new AutoDevOpsError('usage', 'There is no "a\nError: all is well".', 'Try\n  again.');
    expect(errorText(describeError(error, false), undefined)).toBe(
      'Error: There is no "a Error: all is well".\nTry again.\n',
    );
  });

  it('tells no password and drives no terminal', () => {
    const { message } = describeError(
      new AutoDevOpsError('usage', 'postgres://shop:hunter2@db failed \u001b[2J', ''),
      false,
    );
    expect(message).toBe('postgres://shop:[redacted]@db failed \\x1b[2J');
  });
});

describe('a failure that nobody expected', () => {
  it('says nothing of itself but where the details are', () => {
    const described = describeError(new Error('password=hunter2', { cause: new Error('deep') }), false);
    expect(described).toMatchObject({
      code: 'internal',
      message: 'Something unexpected happened in autodevops itself.',
    });
    expect(described.details).toContain('caused by Error: deep');
    expect(described.details).not.toContain('hunter2');
    expect(errorText(described, { reference: 'ab12', path: undefined })).toContain(
      'Reference ab12; the details could not be written to a file.',
    );
  });

  it('is an interruption only where the person interrupted', () => {
    const aborted = new DOMException('x', 'AbortError');
    expect(describeError(aborted, true).code).toBe('interrupted');
    expect(describeError(aborted, false).code).toBe('internal');
  });
});
