import type { Cause } from '@autodevops/domain/diagnosis';
import type { CommandId } from '../contributions/commands.ts';
import { t } from '../language/translate.ts';
import type { Subject } from '../tree/subject.ts';
import { causesOf } from './live/live-problems.ts';
import { namespaceOf } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { templatePath } from './reading/pod-template.ts';
import { canApply } from './writing/written-manifest.ts';

interface Lens {
  readonly start: number;
  readonly title: string;
  readonly command: CommandId;
  readonly subject: Subject;
}

/** Files with more objects are dumps, which nobody works in. */
const mostObjects = 100;

function diagnoseTitle(causes: readonly Cause[]): string {
  if (causes.length === 0) return t('Diagnose');
  return causes.length === 1 ? t('Diagnose (1 problem)') : t('Diagnose ({0} problems)', causes.length);
}

function lensesOf(manifest: Manifest, causes: readonly Cause[], home: string): readonly Lens[] {
  const { kind, name, start } = manifest;
  const object = { kind, name, namespace: namespaceOf(manifest, home) };
  const lens = (title: string, command: CommandId): Lens => ({
    start,
    title,
    command,
    subject: { type: 'object', object },
  });
  return [
    lens(diagnoseTitle(causesOf(causes, object)), 'autodevops.diagnose.resource'),
    ...(templatePath(kind) !== undefined && kind !== 'CronJob' ? [lens(t('Logs'), 'autodevops.tailLogs')] : []),
    lens(t('Diff with Live'), 'autodevops.manifest.diff'),
    ...(canApply(kind) ? [lens(t('Apply'), 'autodevops.manifest.apply')] : []),
  ];
}

/** Above each object of a file: what can be done about it. */
export function codeLenses(manifests: readonly Manifest[], causes: readonly Cause[], home: string): readonly Lens[] {
  return manifests.slice(0, mostObjects).flatMap((manifest) => lensesOf(manifest, causes, home));
}
