import { isScalar } from 'yaml';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import { setField } from '../editing/set-field.ts';
import { withEdits } from '../editing/text-edit.ts';
import type { ManifestFix, ManifestProblem } from '../problem.ts';
import { follow, placeOfField, placeOfName } from '../reading/field-place.ts';
import { fieldAt } from '../reading/field-value.ts';
import { readManifests } from '../reading/manifest.ts';
import type { Manifest } from '../reading/manifest.ts';
import type { SetBack } from './set-backs.ts';

const code = 'manifest.sets-back';

function when({ updatedAt }: SetBack['change']): string {
  return `${oneLine(updatedAt.slice(0, 16).replace('T', ' '), 20)} UTC`;
}

function isWord(value: unknown): value is string | number | boolean {
  return (
    (typeof value === 'string' && !value.includes('\n')) || typeof value === 'number' || typeof value === 'boolean'
  );
}

/** What applying the file would do to a field, as a sentence. */
function sentence({ live, secret, change }: SetBack): string {
  const [time, id] = [when(change), oneLine(change.id, 40)];
  if (secret) {
    return t(
      'Change {0} set a value here at {1} that is kept secret, and the file has another one. Applying this file would replace it.',
      id,
      time,
    );
  }
  if (live === undefined) {
    return t('The cluster has nothing here since {0} (change {1}). Applying this file would set it back.', time, id);
  }
  return isWord(live)
    ? t(
        'The cluster has {0} here since {1} (change {2}). Applying this file would set it back.',
        oneLine(String(live), 80),
        time,
        id,
      )
    : t('The cluster has another value here since {0} (change {1}). Applying this file would set it back.', time, id);
}

/** The same where the field is not in sight: so many that a question stays one. */
export function setBackWarnings(setBacks: readonly SetBack[], most = 5): readonly string[] {
  const said = setBacks.slice(0, most).map((one) => `${oneLine(one.field, 100)}: ${sentence(one)}`);
  return setBacks.length > most ? [...said, t('and {0} more', setBacks.length - most)] : said;
}

/** Writes what the cluster has, if the file then says just that: a word among the signs of a flow may say something else. */
function fixOf(manifest: Manifest, { path, live, secret }: SetBack, text: string): readonly ManifestFix[] {
  if (secret || !isWord(live)) return [];
  const edit = setField(manifest, path, live, text);
  if (edit === undefined) return [];
  const after = readManifests(withEdits(text, [edit])).find(({ start }) => start === manifest.start);
  return after?.whole === true && fieldAt(after.value, path) === live
    ? [{ title: t('Use what the cluster has'), edits: [edit] }]
    : [];
}

/** Whether the file has the field as one word, which a mark fits under and an edit replaces. */
function isOnItsLine(manifest: Manifest, { path }: SetBack): boolean {
  const { node, rest } = follow(manifest, path);
  return rest.length === 0 && isScalar(node) && node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED';
}

function problemAtName(manifest: Manifest, setBacks: readonly SetBack[]): readonly ManifestProblem[] {
  return [...Map.groupBy(setBacks, ({ change }) => change.id).values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    const fields = oneLine(together.map(({ field }) => field).join(', '), 300);
    const message = t(
      'The cluster has other values since {0} (change {1}): {2}. Applying this file would set them back.',
      when(first.change),
      oneLine(first.change.id, 40),
      fields,
    );
    return [{ from: 'cluster', code, severity: 'warning', message, fixes: [], ...placeOfName(manifest) }];
  });
}

/** Marks what a manifest would set back: each field where it stands, those that span lines at the object's name. */
export function setBackProblems(
  manifest: Manifest,
  setBacks: readonly SetBack[],
  text: string,
): readonly ManifestProblem[] {
  const [onLine, others] = [
    setBacks.filter((one) => isOnItsLine(manifest, one)),
    setBacks.filter((one) => !isOnItsLine(manifest, one)),
  ];
  const marks = onLine.map((one): ManifestProblem => ({
    from: 'cluster',
    code,
    severity: 'warning',
    message: sentence(one),
    fixes: fixOf(manifest, one, text),
    ...placeOfField(manifest, one.path),
  }));
  return [...marks, ...problemAtName(manifest, others)];
}
