import { shellWord } from '../shell-word.ts';
import type { RemedyParts } from './remedy-step.ts';
import { toldBy } from './step-names.ts';
import type { StepNames, StepOf } from './step-names.ts';

function command(words: string): string {
  return `\`autodevops ${words}\``;
}

function target({ kind, namespace, name }: StepOf<'propose-change'>['target'], params = ''): string {
  return `${shellWord(`${kind.toLowerCase()}/${name}`)}${params}${namespace === '' ? '' : ` -n ${shellWord(namespace)}`}`;
}

function proposal({ action, target: object, params }: StepOf<'propose-change'>): string {
  const values = Object.entries(params).map(([param, value]) => ` ${shellWord(`${param}=${value}`)}`);
  return `change propose ${shellWord(action)} ${target(object, values.join(''))} --why "…"`;
}

/** The command line's names, which are exact command lines; also of what no other surface has. */
export const namesInTerminal: StepNames = {
  'list-changes': () => command('change list'),
  'show-change': ({ change }) => command(`change show ${shellWord(change)}`),
  'watch-change': ({ change }) => command(`change watch ${shellWord(change)}`),
  'cancel-change': ({ change }) => command(`change cancel ${shellWord(change)}`),
  'list-actions': () => command('change actions'),
  'propose-change': (step) => command(proposal(step)),
  'rehearse-scaling': () => command('change propose scale …'),
  'propose-fix': ({ target: object }) => command(object === undefined ? 'fix' : `fix ${target(object)}`),
  'propose-directly': () => '`--direct`',
  'turn-kill-switch-off': () => command('kill-switch off'),
  'break-glass': () => command('policy break-glass'),
  'show-policy': () => command('policy show'),
  ask: ({ question }) => command(`ask "${question.replaceAll(/["$\\`!%\n]/g, '?')}"`),
  diagnose: ({ namespace }) => command(namespace === undefined ? 'diagnose' : `diagnose -n ${shellWord(namespace)}`),
  'explain-code': () => command('explain CODE'),
  'capture-bundle': () => command('capture'),
  'list-incidents': () => command('incident list'),
  'show-incident': ({ incident }) => command(`incident show ${shellWord(incident)}`),
  'list-conversations': () => command('conversation list'),
  'add-person': ({ account }) =>
    command(account === undefined ? 'people add' : `people add NAME --account ${shellWord(account)} --role ROLE`),
  'list-people': () => command('people list'),
  'unlink-account': () => command('people unlink ACCOUNT'),
  'make-link-code': () => command('people link'),
  'make-token': () => command('people token'),
  'list-tokens': () => command('people tokens'),
  'make-first-token': ({ brokenGlass }) =>
    command(`agent bootstrap-token${brokenGlass ? ' --break-glass --why "SENTENCE"' : ''}`),
  'show-agent': () => command('agent status'),
  'start-agent': () => command('agent start'),
  'stop-agent': () => command('agent stop'),
  'check-store': () => command('store check'),
  'restore-store': () => command('store restore FILE'),
  'explain-configuration': () => command('config explain'),
  'make-local-cluster': () => command('local up'),
  'start-local-cluster': () => command('local start'),
  'reset-local-cluster': () => command('local reset'),
  'remove-local-cluster': () => command('local down'),
  'snapshot-local-cluster': ({ secrets }) => command(`local snapshot${secrets ? ' --secrets' : ''}`),
  'write-local-kubeconfig': () => command('local kubeconfig --merge'),
  'choose-kubeconfig': () => '--kubeconfig',
  'choose-context': () => '--context',
  'choose-user': () => '--as',
  'choose-groups': () => '--as-group',
  'choose-configuration': () => '--config',
  'choose-local-name': () => '--name',
  'choose-output': () => '--output',
  'choose-client-certificate': () => '--client-cert and --client-key',
  'name-prometheus': () => '`--prometheus find`',
  'name-alertmanager': () => '`--alertmanager`',
};

/** A sentence for whoever reads it in a terminal, in a log, or where nobody knows which surface shows it. */
export function inTerminal(parts: Readonly<RemedyParts>): string {
  return toldBy(namesInTerminal, parts);
}
