import { AutoDevOpsError } from '@autodevops/domain/errors';
import { RotationFile } from '@autodevops/domain/incident/rotations';
import type { RotationSchedule } from '@autodevops/domain/incident/rotations';
import { parseDocument } from 'yaml';

const largest = 1_000_000;

function invalid(file: string, says: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'config.invalid',
    `${file} is no file of on-call schedules: ${says}.`,
    'docs/incidents.md shows one.',
  );
}

/** Reads a file of on-call schedules (YAML). Throws `config.invalid` with the place. */
export function readRotations(text: string, file: string): ReadonlyMap<string, RotationSchedule> {
  if (text.length > largest) throw invalid(file, `it has more than ${largest} characters`);
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw invalid(file, error.message.split('\n')[0] ?? 'it is no YAML');
  const read = RotationFile.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!read.success) {
    throw invalid(
      file,
      read.error.issues
        .slice(0, 5)
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; '),
    );
  }
  return new Map(read.data.schedules.map((schedule) => [schedule.name, schedule]));
}
