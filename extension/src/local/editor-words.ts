import { AutoDevOpsError } from '@autodevops/domain/errors';
import { t } from '../language/translate.ts';

const commands: Readonly<Record<string, () => string>> = {
  up: () => t('Auto-DevOps: Start Local Cluster'),
  start: () => t('Auto-DevOps: Start Local Cluster'),
  stop: () => t('Auto-DevOps: Stop Local Cluster'),
  down: () => t('Auto-DevOps: Remove Local Cluster'),
  reset: () => t('Auto-DevOps: Reset Local Cluster'),
  status: () => t('Auto-DevOps: Status of the Local Cluster'),
  load: () => t('Auto-DevOps: Load Image into the Local Cluster'),
};

/** Commands of a terminal that a local cluster's sentences name, as those of the editor. What the editor has none for stays. */
export function editorWords(text: string): string {
  return text.replaceAll(/`autodevops local ([a-z]+)(?: [^`]*)?`/g, (whole, verb: string) =>
    Object.hasOwn(commands, verb) ? (commands[verb]?.() ?? whole) : whole,
  );
}

/** A foreseen failure whose sentences speak of the editor; anything else as it is. */
export function inEditorWords(error: unknown): unknown {
  if (!(error instanceof AutoDevOpsError)) return error;
  const [message, remedy] = [editorWords(error.message), editorWords(error.remedy)];
  return message === error.message && remedy === error.remedy
    ? error
    : new AutoDevOpsError(error.code, message, remedy, { cause: error });
}
