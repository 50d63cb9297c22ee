import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

export const noticesFile = 'THIRD-PARTY-NOTICES.txt';
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i;

/** The folder of the package that a file of a bundle is from; undefined for our own. */
function packageFolder(path: string): string | undefined {
  return /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1];
}

function noticeOf(folder: string): { readonly title: string; readonly text: string } {
  const {
    name,
    version,
    license = 'see below',
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}

/**
 * What the licences of the packages in bundles want to be told wherever their code goes: names, versions and the texts as
 * they came. `folder`: from where the paths of the bundles count.
 */
export function thirdPartyNotices(
  bundles: readonly { readonly metafile: Metafile; readonly folder: string }[],
): string {
  const inputs = bundles.flatMap(({ metafile, folder }) =>
    Object.keys(metafile.inputs).map((path) => resolve(folder, path)),
  );
  const folders = new Set(
    inputs.map(packageFolder).filter((folder) => folder !== undefined && existsSync(join(folder, 'package.json'))),
  );
  const notices = new Map([...folders].map((folder) => noticeOf(folder ?? '')).map(({ title, text }) => [title, text]));
  const sections = [...notices]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([title, text]) => `${title}\n${'-'.repeat(title.length)}\n\n${text}\n`);
  return `Parts of these packages are in this program.\n\n${sections.join('\n\n')}`;
}
