import { basename, dirname } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { tabName } from '../documents/tab-name.ts';
import { t } from '../language/translate.ts';
import { homeNamespace } from '../manifests/home-namespace.ts';
import type { WindowParts } from '../window-parts.ts';
import type { CommandHandler } from './command.ts';

interface Rendering {
  readonly tool: string;
  readonly args: readonly string[];
}

/** Names that Helm and the cluster take for a release. */
function releaseName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'release' : name;
}

const chart = /^chart\.yaml$/i;
const kustomization = /^(kustomization\.ya?ml|kustomization)$/i;

/** How the folder of a file is rendered; undefined for what is no chart and no kustomization. */
export function renderingOf(file: string, namespace: string): Rendering | undefined {
  const folder = dirname(file);
  if (chart.test(basename(file))) {
    return { tool: 'helm', args: ['template', releaseName(folder), '.', `--namespace=${namespace}`] };
  }
  // Without plugins, which would run programs of the folder: kubectl's default.
  return kustomization.test(basename(file)) ? { tool: 'kubectl', args: ['kustomize', '.'] } : undefined;
}

async function chooseFile(parts: WindowParts, argument: unknown): Promise<string | undefined> {
  const called =
    argument !== null && typeof argument === 'object' && 'fsPath' in argument && typeof argument.fsPath === 'string'
      ? argument.fsPath
      : parts.documents.active()?.path;
  if (called !== undefined && renderingOf(called, 'default') !== undefined) return called;
  return await parts.people.openFile({
    title: t('Render Chart or Kustomization'),
    prompt: t('Chart.yaml or kustomization.yaml'),
    kinds: { YAML: ['yaml', 'yml'] },
  });
}

/** Shows what a chart or a kustomization comes to, as a document that is checked as any manifest is. */
export const renderManifests: CommandHandler = async (parts, argument) => {
  if (!parts.folder.trusted()) {
    throw new AutoDevOpsError(
      'usage',
      t('This folder is not trusted: nothing is started in it.'),
      t('Manage the trust of the workspace.'),
    );
  }
  const file = await chooseFile(parts, argument);
  if (file === undefined) return;
  const rendering = renderingOf(file, homeNamespace(parts));
  if (rendering === undefined) {
    throw new AutoDevOpsError(
      'usage',
      t('That is neither a chart of Helm nor a kustomization.'),
      t('Choose a Chart.yaml or a kustomization.yaml.'),
    );
  }
  const program = await parts.terminals.find(rendering.tool);
  if (program === undefined) {
    throw new AutoDevOpsError(
      'usage',
      t('The program {0} is not on the PATH.', rendering.tool),
      t('Install it; then start the editor again.'),
    );
  }
  const folder = dirname(file);
  const text = await parts.people.during(
    'notification',
    t('Rendering {0}', basename(folder)),
    async ({ signal }) => await parts.tools.run(program, rendering.args, { folder, signal }),
  );
  await parts.documents.show({ path: `rendered/${tabName(basename(folder))}.yaml`, language: 'yaml', text });
};
