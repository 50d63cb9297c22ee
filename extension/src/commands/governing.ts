import { dirname, join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { z } from 'zod';
import { AutonomyLevel } from '@autodevops/domain/change/policy';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine, printable } from '@autodevops/domain/printable';
import { auditText } from '../documents/audit-text.ts';
import { section, textOf } from '../documents/lines.ts';
import { t } from '../language/translate.ts';
import type { AgentPlace } from '../agent/agent-launcher.ts';
import { runForJson, runForText } from '../program/program.ts';
import type { WindowParts } from '../window-parts.ts';
import { requireOpen } from './require-open.ts';
import type { CommandHandler } from './command.ts';
import { agentArguments } from './program-arguments.ts';

const shownRows = 500;

/** Turning it on takes one press and no question; turning it off takes a reason. */
export const turnKillSwitch: CommandHandler = async (parts, _argument, signal) => {
  const client = await parts.client(signal);
  const { on, by, why } = await client.killSwitch({}, { signal });
  if (!on) {
    await client.setKillSwitch({ body: { on: true, why: t('Turned on from the editor.') } }, { signal });
    parts.people.whisper(t('The kill switch is on: nothing is changed any more.'));
    return;
  }
  const reason = await parts.people.enter({
    title: t('Kill Switch'),
    prompt: t('It was turned on by {0}: {1}. Why may changes go on?', oneLine(by, 80), oneLine(why, 120)),
    check: (text) => (text.trim() === '' ? t('A reason is needed.') : undefined),
  });
  if (reason === undefined) return;
  await client.setKillSwitch({ body: { on: false, why: reason.trim() } }, { signal });
  parts.people.whisper(t('The kill switch is off.'));
};

export const showAudit: CommandHandler = async (parts, _argument, signal) => {
  const client = await parts.client(signal);
  const { head } = await client.auditRows({ query: { limit: 1 } }, { signal });
  const { rows } = await client.auditRows(
    { query: { from: Math.max(1, head - shownRows + 1), limit: shownRows } },
    { signal },
  );
  await parts.documents.show({ path: 'audit.txt', language: 'autodevops', text: auditText(rows, head) });
};

const Verified = z.object({ intact: z.boolean(), says: z.string(), rows: z.int() });

/** Exports the log and has it verified as an auditor would: by a program that knows nothing but the file. */
export const verifyAudit: CommandHandler = async (parts) => {
  const verdict = await parts.people.during('changes', t('Verifying the audit log'), async ({ signal }) => {
    const file = join(parts.ownFolder, 'audit.jsonl');
    await parts.folder.write(
      file,
      await runForText(parts.program, ['audit', 'export', ...agentArguments(parts)], { signal }),
    );
    return await runForJson(parts.program, ['audit', 'verify', file, '-o', 'json'], Verified, { signal });
  });
  await parts.people.tell(verdict.intact ? 'information' : 'error', printable(verdict.says));
};

/** What a new policy says: the level's own rules hold beside it. */
export const firstPolicy = `# What Scarlet may do, and who has to agree. All matching rules count, and the strictest wins.
version: 1
rules:
  - id: protected-namespaces
    why: What the cluster itself runs in is not changed from here.
    match:
      namespaces: [kube-system, kube-public, kube-node-lease]
    decision: forbidden
`;

/** Throws where the folder has a configuration that cannot be read: what is meant for it must not be written elsewhere. */
async function placeOf(parts: WindowParts): Promise<AgentPlace> {
  const refusal = parts.folderConfigs.refusal();
  if (refusal !== undefined) throw refusal;
  const wanted = parts.wanted();
  if (wanted instanceof AutoDevOpsError) throw wanted;
  return await parts.launcher.place(wanted);
}

/** Sets one value of the configuration and leaves everything else, comments too, as it stands. */
export function withSetting(text: string, path: readonly string[], value: string): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) {
    throw new AutoDevOpsError('config.invalid', t('The configuration is no valid YAML.'), t('Correct it first.'));
  }
  document.setIn(path, value);
  return document.toString();
}

async function configure(
  parts: WindowParts,
  { configuration }: AgentPlace,
  path: readonly string[],
  value: string,
): Promise<void> {
  await parts.folder.write(configuration, withSetting((await parts.folder.read(configuration)) ?? '', path, value));
}

export const editPolicy: CommandHandler = async (parts, _argument, signal) => {
  const place = await placeOf(parts);
  if (place.policy !== undefined) return await parts.documents.openFile(place.policy);
  const file = join(dirname(place.configuration), 'policy.yaml');
  const yes = await parts.people.confirm(
    t('There is no policy yet: only the rules of the autonomy level hold. Make one?'),
    {
      detail: t(
        'It is written to {0} and named in {1}. The agent is started again with it.',
        file,
        place.configuration,
      ),
      yes: t('Make it'),
    },
  );
  if (!yes) return;
  if ((await parts.folder.read(file)) === undefined) await parts.folder.write(file, firstPolicy);
  await configure(parts, place, ['agents', 'scarlet', 'policy'], './policy.yaml');
  await parts.documents.openFile(file);
  if (parts.agent.state.value.kind !== 'none') await parts.agent.restart(signal);
};

const Linted = z.object({
  findings: z.array(z.object({ line: z.int().optional(), rule: z.string(), code: z.string(), says: z.string() })),
});
const Tested = z.object({
  results: z.array(
    z.object({ passed: z.boolean(), line: z.int(), says: z.string(), case: z.object({ says: z.string() }) }),
  ),
});

/** Checks the policy and, where cases lie beside it, decides them. */
export const testPolicy: CommandHandler = async (parts, argument, signal) => {
  const file =
    typeof argument === 'string'
      ? argument
      : ((await placeOf(parts)).policy ??
        (await parts.people.openFile({ title: t('Test Policy'), kinds: { YAML: ['yaml', 'yml'] } })));
  if (file === undefined) return;
  const { findings } = await runForJson(parts.program, ['policy', 'lint', file, '-o', 'json'], Linted, { signal });
  const cases = file.replace(/(\.ya?ml)?$/, '.cases.yaml');
  const results =
    (await parts.folder.read(cases)) === undefined
      ? undefined
      : (
          await runForJson(parts.program, ['policy', 'test', file, `--cases=${cases}`, '-o', 'json'], Tested, {
            signal,
          })
        ).results;
  const failed = (results ?? []).filter(({ passed }) => !passed);
  const text = textOf([
    printable(file),
    findings.length === 0
      ? t('Nothing in it looks unmeant.')
      : findings.length === 1
        ? t('One thing in it looks unmeant.')
        : t('{0} things look unmeant.', findings.length),
    ...section(
      t('Unmeant'),
      findings.map(({ line, rule, says, code }) => `${line ?? ''}: ${rule === '' ? '' : `${rule}: `}${says} (${code})`),
    ),
    ...(results === undefined
      ? ['', t('There are no cases beside it ({0}).', cases)]
      : ['', t('{0} of {1} cases are as expected.', results.length - failed.length, results.length)]),
    ...section(
      t('Not as expected'),
      failed.map(({ line, says, case: { says: title } }) => `${line}: ${title} ${says}`),
    ),
  ]);
  await parts.documents.show({ path: 'policy-test.txt', language: 'autodevops', text });
};

function levelSays(level: AutonomyLevel): string {
  const says: Readonly<Record<AutonomyLevel, string>> = {
    observe: t('Nothing is proposed or changed.'),
    suggest: t('Changes are proposed; each needs a yes, and what is of high risk the yes of two people.'),
    assist: t('What is harmless and can be taken back is done at once; the rest needs a yes.'),
    development: t('Most is done at once, what is of high risk after one yes: for a cluster of your own.'),
    production: t('Little is done at once; what reaches far needs two people.'),
  };
  return says[level];
}

export const setAutonomy: CommandHandler = async (parts, _argument, signal) => {
  const { autonomy } = await (await parts.client(signal)).cluster({}, { signal });
  const level = await parts.people.pick(
    AutonomyLevel.options.map((one) => ({
      label: one,
      detail: levelSays(one),
      ...(one === autonomy ? { description: t('now') } : {}),
      value: one,
    })),
    { title: t('Set Autonomy Level') },
  );
  if (level === undefined || level === autonomy) return;
  requireOpen(parts);
  await configure(parts, await placeOf(parts), ['agents', 'scarlet', 'autonomy_level'], level);
  await parts.people.during(
    'changes',
    t('Starting the agent again'),
    async ({ signal: asked }) => await parts.agent.restart(asked),
  );
  parts.people.whisper(t('The autonomy level is {0}.', level));
};
