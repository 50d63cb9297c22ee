import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestParts } from '../../../extension/src/contributions/manifest.ts';
import { translatableTexts } from './translatable-texts.ts';

/** The files of the extension that its tables are written to; `package.json` keeps what pnpm and npm read. */
export function extensionFiles(root: string): readonly { readonly path: string; readonly text: string }[] {
  const { manifest, texts } = manifestParts();
  const own = JSON.parse(readFileSync(join(root, 'extension', 'package.json'), 'utf8')) as Record<string, unknown>;
  const order = [
    'name',
    'displayName',
    'description',
    'version',
    'private',
    'publisher',
    'license',
    'type',
    'main',
    'engines',
  ];
  const merged = { ...own, ...manifest } as Record<string, unknown>;
  const first = Object.fromEntries(order.filter((key) => key in merged).map((key) => [key, merged[key]]));
  return [
    { path: 'extension/package.json', text: `${JSON.stringify({ ...first, ...merged }, undefined, 2)}\n` },
    { path: 'extension/package.nls.json', text: texts },
    {
      path: 'extension/l10n/bundle.l10n.json',
      text: `${JSON.stringify(translatableTexts(join(root, 'extension', 'src')), undefined, 2)}\n`,
    },
  ];
}
