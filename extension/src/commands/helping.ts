import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { tokenName } from '../agent/token-name.ts';
import { section, textOf } from '../documents/lines.ts';
import { remedyInEditor } from '../language/remedy-in-editor.ts';
import { t } from '../language/translate.ts';
import { Settings } from '../settings/settings.ts';
import { lackOf } from '../status/lacks.ts';
import type { WindowParts } from '../window-parts.ts';
import type { CommandHandler } from './command.ts';
import { examine } from './machine-checks.ts';
import type { DoctorCheck } from './machine-checks.ts';

const marks: Readonly<Record<DoctorCheck['state'], string>> = { fine: '✓', missing: '✗', optional: '·' };

function countOf(checks: readonly DoctorCheck[]): string {
  const missing = checks.filter(({ state }) => state === 'missing').length;
  if (missing === 0) return t('All that is needed is here.');
  return missing === 1 ? t('One thing is missing.') : t('{0} things are missing.', missing);
}

/** Who has no cluster wants to know what comes next on the way to one: a kubeconfig comes with it. */
function nextWithoutCluster(checks: readonly DoctorCheck[]): string {
  switch (lackOf(checks)) {
    case 'engine':
      return t('There is no cluster yet. For one of your own a container engine comes first.');
    case 'kind':
      return t('There is no cluster yet. For one of your own the program “kind” is needed.');
    case 'nothing':
      return t('There is no cluster yet. This machine can have one of its own: Auto-DevOps: Start Local Cluster.');
  }
}

export const runDoctor: CommandHandler = async (parts) => {
  const checks = await parts.people.during(
    'clusters',
    t('Looking at this machine'),
    async ({ signal }) => await examine(parts, signal),
  );
  const { contexts, problem } = parts.clusters.state.value;
  const text = textOf([
    contexts.length === 0 && problem === undefined ? nextWithoutCluster(checks) : countOf(checks),
    '',
    ...checks.flatMap((check) => [
      `${marks[check.state]} ${printable(check.name)}: ${printable(check.says)}`,
      ...(check.remedy === '' ? [] : [`    → ${printable(remedyInEditor(check))}`]),
    ]),
  ]);
  await parts.documents.show({ path: 'doctor.txt', language: 'autodevops', text });
};

/** The last part of a log is what somebody wants to see. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

async function agentLog(parts: WindowParts): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const wanted = parts.wanted();
  if (wanted instanceof AutoDevOpsError) return undefined;
  const { log } = await parts.launcher.place(wanted);
  return { path: log, text: (await parts.folder.read(log)) ?? '' };
}

export const showAgentLogs: CommandHandler = async (parts) => {
  const log = await agentLog(parts);
  parts.log.show();
  if (log === undefined) return;
  await parts.documents.show({
    path: 'agent.log',
    language: 'log',
    text:
      log.text === ''
        ? `${t('The agent has written nothing to {0} yet.', log.path)}\n`
        : `${printable(redact(lastLines(log.text, 2000)))}\n`,
  });
};

export const restartAgent: CommandHandler = async (parts) => {
  await parts.people.during(
    'clusters',
    t('Starting the agent again'),
    async ({ signal }) => await parts.agent.restart(signal),
  );
  parts.people.whisper(t('The agent runs.'));
};

/** For agents that want to know who asks: those over TCP, and those of the cloud. */
export const setToken: CommandHandler = async (parts) => {
  const wanted = parts.wanted();
  if (wanted instanceof AutoDevOpsError) throw wanted;
  const token = await parts.people.enter({
    title: t('Set Token of the Agent'),
    prompt: t('As `autodevops people token` gives it; empty: forget the one that is kept.'),
    secret: true,
  });
  if (token === undefined) return;
  if (token.trim() === '') await parts.secrets.forget(tokenName(wanted));
  else await parts.secrets.put(tokenName(wanted), token.trim());
  parts.agent.leave();
};

function changedSettings(settings: Settings): readonly string[] {
  const usual = Settings.parse({});
  return Object.keys(settings).filter(
    (name) => JSON.stringify(settings[name as keyof Settings]) !== JSON.stringify(usual[name as keyof Settings]),
  );
}

function agentLine({ agent }: WindowParts): string {
  const { value } = agent.state;
  return value.kind === 'failed' ? `failed: ${value.error.code}` : value.kind;
}

/** What a report may hold: versions, states and codes. No name of a cluster, an object, a person or a folder, no value of a setting. */
export function reportText(parts: WindowParts, machine: Readonly<Record<string, string>>, log: string): string {
  const {
    clusters: {
      state: { value },
    },
    problems,
    changes,
  } = parts;
  const codes =
    'diagnosis' in problems.state.value
      ? [...new Set(problems.state.value.diagnosis.causes.map(({ code }) => code))]
      : [];
  return textOf([
    t('What happened, and what did you expect?'),
    '',
    '',
    ...section(
      'Versions',
      Object.entries({ extension: parts.version, ...machine }).map(([name, version]) => `${name}: ${version}`),
    ),
    ...section('State', [
      `agent: ${agentLine(parts)}`,
      `contexts: ${value.contexts.length}`,
      `cluster: ${value.chosen === undefined ? 'none' : value.chosen.local ? 'local' : 'remote'}`,
      `locked: ${value.locked}`,
      `problems: ${problems.state.value.kind}`,
      `changes: ${changes.state.value.kind}`,
    ]),
    ...section('Settings that were changed', changedSettings(parts.settings())),
    ...section('Codes in view', codes),
    ...section('Messages of the agent', logMessages(log)),
  ]);
}

const LogLine = z.object({ level: z.string(), message: z.string(), time: z.string().optional() });

/** Of each line only what the agent's own words are: fields hold names. */
function logMessages(log: string): readonly string[] {
  return lastLines(log, 50)
    .split('\n')
    .flatMap((line) => {
      try {
        const { level, message, time } = LogLine.parse(JSON.parse(line));
        return [`${time ?? ''} ${level} ${redact(message)}`.trim()];
      } catch {
        return [];
      }
    });
}

export const reportIssue: CommandHandler = async (parts) => {
  const log = await agentLog(parts).catch(() => undefined);
  const machine = {
    node: process.versions.node,
    electron: process.versions['electron'] ?? 'none',
    platform: `${process.platform} ${process.arch}`,
  };
  const text = reportText(parts, machine, log?.text ?? '');
  await parts.documents.show({ path: 'report.md', language: 'markdown', text });
  await parts.people.copy(text);
  await parts.people.tell(
    'information',
    t('The report is in the editor and on the clipboard. It was sent nowhere; look through it before you do.'),
  );
};

/** The code is shown in a message that stays, and is in the clipboard only where the person wants it there. */
export const linkAccount: CommandHandler = async ({ client, people }, _argument, signal) => {
  const { code, expiresAt } = await (await client(signal)).makeLinkCode({ body: {} }, { signal });
  const said = `/autodevops link ${printable(code)}`;
  const copy = t('Copy');
  const pressed = await people.tell(
    'information',
    t(
      'Until {0}, write in Slack with the account that is to be yours: {1}. Whoever says it first is you here.',
      printable(expiresAt),
      said,
    ),
    [copy],
  );
  if (pressed === copy) await people.copy(said);
};
