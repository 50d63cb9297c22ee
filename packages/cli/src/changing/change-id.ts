import { printable } from '@autodevops/domain/printable';
import { usageError } from '../options/usage-error.ts';

/** The one id that a command takes. Throws `usage`. */
export function changeIdFrom(positionals: readonly string[], command: string): string {
  const [id, more] = positionals;
  if (id === undefined) {
    throw usageError(
      'Which change?',
      `Write \`autodevops change ${command} ID\`; \`autodevops change list\` shows them.`,
    );
  }
  if (more !== undefined) {
    throw usageError(
      `One change at a time; "${printable(more)}" is one too many.`,
      `Write \`autodevops change ${command} ID\`.`,
    );
  }
  if (!/^[a-z]+-[a-z0-9]{6,32}$/.test(id)) {
    throw usageError(
      `"${printable(id)}" is not the id of a change.`,
      'An id looks like chg-a1b2c3d4e5f6; `autodevops change list` shows them.',
    );
  }
  return id;
}
