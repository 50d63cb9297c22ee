import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How many bytes a file has, or all files of a folder together: a folder's own size says something else on each system. */
export async function sizeOnDisk(path: string): Promise<number> {
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.size;
  const inside = await Promise.all((await readdir(path, { recursive: true })).map((name) => stat(join(path, name))));
  return inside.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
}
