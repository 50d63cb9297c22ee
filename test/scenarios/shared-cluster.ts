import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';

let bed: KindBed | undefined;

/** One cluster for every file that does not harm it: found running, or started before the first and ended after the last. */
export async function setup(): Promise<void> {
  bed = await ensureKind();
}

export async function teardown(): Promise<void> {
  await bed?.stop();
}
