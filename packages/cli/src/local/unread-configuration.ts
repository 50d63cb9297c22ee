import type { Surroundings } from '../surroundings.ts';
import type { LocalDoor } from './local-door.ts';

const usualName = 'local-config.yaml';

/** A configuration lies where one stands and none is named: it is not read, and whoever wonders why is told. */
export async function tellUnread(
  { readFile, stderr }: Pick<Surroundings, 'readFile' | 'stderr'>,
  { settings: { configuration } }: Pick<LocalDoor, 'settings'>,
): Promise<void> {
  if (configuration !== undefined) return;
  const isHere = await readFile(usualName).then(
    () => true,
    () => false,
  );
  if (isHere) {
    stderr.write(
      `${usualName} of this folder is not read by itself: a checkout is not to say what is mounted and opened. Name it to use it: \`--config ${usualName}\`.\n`,
    );
  }
}
