import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const call = /(?<![\w.$])t\(\s*/g;
const literal = /^(['"])((?:(?!\1)[^\\]|\\.)*)\1/;

function textsOf(file: string): readonly string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(call)].flatMap((found) => {
    const text = literal.exec(source.slice(found.index + found[0].length))?.[2];
    if (text === undefined) {
      throw new Error(
        `${file}: t() takes a text between quotes, so that translators can be given it: ${source.slice(found.index, found.index + 60)}`,
      );
    }
    return [text.replaceAll(/\\(.)/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped))];
  });
}

/** Every text that the extension says while it runs (`t('…')`), for `l10n/bundle.l10n.json`: each stands for itself. */
export function translatableTexts(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.replaceAll('\\', '/').endsWith('/language/translate.ts'));
  const texts = [...new Set(files.toSorted().flatMap(textsOf))].toSorted();
  return Object.fromEntries(texts.map((text) => [text, text]));
}
