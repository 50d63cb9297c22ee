import { describe, expect, it } from 'vitest';
import { givenFile } from './given-file.ts';

describe('a file that a person names', () => {
  it('is read', async () => {
    expect(await givenFile('plan.yaml', { readFile: async (path) => `text of ${path}` })).toBe('text of plan.yaml');
  });

  it('is named, with why, where it cannot be read', async () => {
    const readFile = async (): Promise<string> => {
      throw Object.assign(new Error('no'), { code: 'ENOENT' });
    };
    await expect(givenFile('pl\u001Ban.yaml', { readFile })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/an\.yaml cannot be read \(ENOENT\)\.$/),
    });
    await expect(givenFile('pl\u001Ban.yaml', { readFile })).rejects.not.toMatchObject({
      message: expect.stringContaining('\u001B'),
    });
  });
});
