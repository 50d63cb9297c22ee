import { AutoDevOpsError } from '@autodevops/domain/errors';

/** In bytes. PostgreSQL has no room for more than 2704 in an index. */
const longest = 1024;

/**
 * Text for a column that is compared or is a key. Databases keep no NUL and no lone surrogate in their text; written
 * as the inside of a JSON string every text has one form that they keep, and two texts never have the same. Throws `usage` for what is
 * too long to be a key.
 */
export function toStored(text: string): string {
  const stored = JSON.stringify(text).slice(1, -1);
  if (stored.length * 3 <= longest || Buffer.byteLength(stored) <= longest) return stored;
  throw new AutoDevOpsError(
    'usage',
    `A name that begins with "${stored.slice(0, 40)}" has more than ${longest} bytes.`,
    'Use a shorter one.',
  );
}

export function fromStored(stored: string): string {
  return JSON.parse(`"${stored}"`) as string;
}
