import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'seen');

/** Where a picture of a run is kept, to be looked at: `test/editor/seen/NAME.png`, not committed. */
export function pictureFile(name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
