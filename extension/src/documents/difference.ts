import type { FieldDiff } from '@autodevops/domain/change/plan';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import type { MadeDocument } from '../ports/documents.ts';

/** The value stands below its path: beside a long one it would be out of sight. */
function linesOf({ path, before, after }: FieldDiff, side: 'before' | 'after'): readonly string[] {
  const value = printable(side === 'before' ? before : after);
  return value === ''
    ? []
    : [
        `${printable(path)}:`,
        ...value
          .trimEnd()
          .split('\n')
          .map((one) => `  ${one}`),
      ];
}

function side(diff: readonly FieldDiff[], which: 'before' | 'after'): string {
  const objects = [...new Set(diff.map(({ object }) => refText(object)))];
  const blocks = objects.map((name) =>
    [
      `# ${printable(name)}`,
      ...diff.filter(({ object }) => refText(object) === name).flatMap((field) => linesOf(field, which)),
    ].join('\n'),
  );
  return `${blocks.join('\n---\n')}\n`;
}

/** Two documents to compare: the fields that the server's rehearsal would change, as they are and as they would be. */
export function differenceDocuments(
  id: string,
  diff: readonly FieldDiff[],
): { readonly before: MadeDocument; readonly after: MadeDocument } {
  return {
    before: { path: `changes/${id}/before.yaml`, language: 'yaml', text: side(diff, 'before') },
    after: { path: `changes/${id}/after.yaml`, language: 'yaml', text: side(diff, 'after') },
  };
}
