import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The charts are of the version of the command line, from which their image is made. */
export function chartVersions(root: string): readonly { readonly path: string; readonly text: string }[] {
  const { version } = JSON.parse(readFileSync(join(root, 'packages', 'cli', 'package.json'), 'utf8')) as {
    version: string;
  };
  return ['agent', 'bot'].map((chart) => {
    const path = `deploy/charts/${chart}/Chart.yaml`;
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text: text.replaceAll(/^(version|appVersion): .*$/gm, `$1: ${version}`) };
  });
}
