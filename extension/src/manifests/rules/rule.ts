import type { KnownObjects } from '../known-objects.ts';
import type { ManifestFix, ManifestProblem, ProblemSeverity } from '../problem.ts';
import type { FieldPath } from '../reading/field-path.ts';
import { placeOfField } from '../reading/field-place.ts';
import type { Manifest } from '../reading/manifest.ts';
import { setField } from '../editing/set-field.ts';
import { t } from '../../language/translate.ts';

/** A manifest in its surroundings. */
export interface Checked {
  readonly manifest: Manifest;
  /** The text that it is a part of. */
  readonly text: string;
  /** The namespace that objects are in which do not say one. */
  readonly home: string;
  readonly known: KnownObjects;
}

/** Reads off manifests what will not work. It says nothing where it cannot know. */
export type ManifestRule = (checked: Checked) => readonly ManifestProblem[];

interface Said {
  readonly path: FieldPath;
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
  readonly fixes?: readonly (ManifestFix | undefined)[];
}

export function problemAt(manifest: Manifest, { path, code, severity, message, fixes = [] }: Said): ManifestProblem {
  return {
    from: 'file',
    code: `manifest.${code}`,
    severity,
    message,
    ...placeOfField(manifest, path),
    fixes: fixes.filter((fix) => fix !== undefined),
  };
}

/** Gives one field another value; undefined where that is no edit. */
export function fixByValue(
  { manifest, text }: Pick<Checked, 'manifest' | 'text'>,
  path: FieldPath,
  value: string | number,
  title = t('Change to {0}', String(value)),
): ManifestFix | undefined {
  const edit = setField(manifest, path, value, text);
  return edit === undefined ? undefined : { title, edits: [edit] };
}

/** A number as it would be written, else the text. */
export function scalarOf(text: string): string | number {
  return /^\d{1,5}$/.test(text) ? Number(text) : text;
}
