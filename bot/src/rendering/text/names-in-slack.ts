import { namesInTerminal as inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import type { Remedy } from '@autodevops/domain/remedy/remedy';
import { toldBy } from '@autodevops/domain/remedy/step-names';
import type { StepNames, StepOf } from '@autodevops/domain/remedy/step-names';

/** A slash command with what stands after it. What would end the code that it is shown as is left out. */
function slash(...words: readonly string[]): string {
  return `\`${words.join(' ').replaceAll(/[`\n]/g, '')}\``;
}

function inNamespace(namespace: string | undefined): readonly string[] {
  return namespace === undefined || namespace === '' ? [] : ['-n', namespace];
}

function fixOf({ target }: StepOf<'propose-fix'>): string {
  if (target === undefined) return slash('/scarlet propose');
  return slash('/scarlet propose', `${target.kind.toLowerCase()}/${target.name}`, ...inNamespace(target.namespace));
}

/** Slack's names for what a person can do next; what Slack has nothing for is done in a terminal, and told as there. */
export const namesInSlack: StepNames = {
  'list-changes': () => slash('/scarlet status'),
  'show-change': ({ change }) => slash('/scarlet show', change),
  'watch-change': ({ change }) => slash('/scarlet show', change),
  'cancel-change': ({ change }) => slash('/scarlet reject', change, 'WHY'),
  'propose-fix': fixOf,
  'turn-kill-switch-off': () => slash('/scarlet kill-switch off WHY'),
  ask: ({ question }) => slash('/jamie ask', `"${question.replaceAll('"', '')}"`),
  diagnose: ({ namespace }) => slash('/jamie diagnose', ...inNamespace(namespace)),
  'explain-code': () => slash('/jamie explain CODE'),
  'list-incidents': () => slash('/incident list'),
  'show-incident': ({ incident }) => slash('/incident show', incident),
  'list-actions': inTerminal['list-actions'],
  'propose-change': inTerminal['propose-change'],
  'rehearse-scaling': inTerminal['rehearse-scaling'],
  'propose-directly': inTerminal['propose-directly'],
  'break-glass': inTerminal['break-glass'],
  'show-policy': inTerminal['show-policy'],
  'capture-bundle': inTerminal['capture-bundle'],
  'list-conversations': inTerminal['list-conversations'],
  'add-person': inTerminal['add-person'],
  'list-people': inTerminal['list-people'],
  'unlink-account': inTerminal['unlink-account'],
  'make-link-code': inTerminal['make-link-code'],
  'make-token': inTerminal['make-token'],
  'list-tokens': inTerminal['list-tokens'],
  'make-first-token': inTerminal['make-first-token'],
  'show-agent': inTerminal['show-agent'],
  'start-agent': inTerminal['start-agent'],
  'stop-agent': inTerminal['stop-agent'],
  'check-store': inTerminal['check-store'],
  'restore-store': inTerminal['restore-store'],
  'explain-configuration': inTerminal['explain-configuration'],
  'make-local-cluster': inTerminal['make-local-cluster'],
  'start-local-cluster': inTerminal['start-local-cluster'],
  'reset-local-cluster': inTerminal['reset-local-cluster'],
  'remove-local-cluster': inTerminal['remove-local-cluster'],
  'snapshot-local-cluster': inTerminal['snapshot-local-cluster'],
  'write-local-kubeconfig': inTerminal['write-local-kubeconfig'],
  'choose-kubeconfig': inTerminal['choose-kubeconfig'],
  'choose-context': inTerminal['choose-context'],
  'choose-user': inTerminal['choose-user'],
  'choose-groups': inTerminal['choose-groups'],
  'choose-configuration': inTerminal['choose-configuration'],
  'choose-local-name': inTerminal['choose-local-name'],
  'choose-output': inTerminal['choose-output'],
  'choose-client-certificate': inTerminal['choose-client-certificate'],
  'name-prometheus': inTerminal['name-prometheus'],
  'name-alertmanager': inTerminal['name-alertmanager'],
};

/** What to do, as somebody in Slack does it. */
export function remedyInSlack(given: Remedy): string {
  return toldBy(namesInSlack, partsOf(given));
}
