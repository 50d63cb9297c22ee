import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Diagnosis as DiagnosisAnswer } from '@autodevops/domain/diagnosis';
import { causeText } from '../documents/cause-text.ts';
import { diagnosisText } from '../documents/diagnosis-text.ts';
import { tabName } from '../documents/tab-name.ts';
import { t } from '../language/translate.ts';
import { runForJson, runForText } from '../program/program.ts';
import type { ObjectName } from '../tree/subject.ts';
import { objectOf, subjectOf } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';
import { chooseCause } from './choose-cause.ts';
import { chooseObject } from './choose-object.ts';
import type { CommandHandler } from './command.ts';
import { clusterArguments, objectArguments } from './program-arguments.ts';

type Scope = {
  readonly namespaces?: string[];
  readonly objects?: { kind: string; name: string; namespace?: string }[];
};

async function diagnoseAndShow(parts: WindowParts, scope: Scope, name: string): Promise<void> {
  const { people, documents, client } = parts;
  const diagnosis = await people.during('problems', t('Diagnosing {0}', name), async ({ signal }) => {
    const agent = await client(signal);
    return await agent.diagnose({ body: { ...scope, hygiene: parts.settings()['problems.hygiene'] } }, { signal });
  });
  await documents.show({
    path: `diagnoses/${tabName(name)}.txt`,
    language: 'autodevops',
    text: diagnosisText(diagnosis),
  });
}

/** The view keeps the answer current; the page is for reading it whole. */
export const diagnoseCluster: CommandHandler = async (parts) => {
  parts.problems.follow();
  await diagnoseAndShow(parts, {}, parts.clusters.state.value.chosen?.name ?? 'cluster');
};

const namespaceName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const diagnoseNamespace: CommandHandler = async (parts, argument) => {
  const given = objectOf(subjectOf(argument))?.namespace;
  const title = t('Diagnose Namespace');
  const namespace = given !== undefined && given !== '' ? given : await chooseNamespace(parts, title);
  if (namespace !== undefined) await diagnoseAndShow(parts, { namespaces: [namespace] }, namespace);
};

async function chooseNamespace(
  { people, problems, clusters }: WindowParts,
  title: string,
): Promise<string | undefined> {
  const state = problems.state.value;
  const seen = 'diagnosis' in state ? state.diagnosis.causes.map(({ object }) => object.namespace) : [];
  const known = [...new Set([...seen, clusters.state.value.chosen?.namespace ?? ''])]
    .filter((name) => name !== '')
    .toSorted();
  const chosen =
    known.length === 0
      ? ''
      : await people.pick(
          [...known.map((name) => ({ label: name, value: name })), { label: t('Another one …'), value: '' }],
          { title },
        );
  if (chosen !== '') return chosen;
  return await people.enter({
    title,
    prompt: t('The name of the namespace'),
    check: (text) =>
      namespaceName.test(text.trim()) ? undefined : t('A namespace has small letters, digits and hyphens.'),
  });
}

function scopeOf({ kind, name, namespace }: ObjectName): Scope {
  return {
    ...(namespace === '' ? {} : { namespaces: [namespace] }),
    objects: [{ kind, name, ...(namespace === '' ? {} : { namespace }) }],
  };
}

export const diagnoseResource: CommandHandler = async (parts, argument) => {
  const object = await chooseObject(parts, argument, t('Diagnose Resource'));
  if (object !== undefined) await diagnoseAndShow(parts, scopeOf(object), `${object.kind} ${object.name}`);
};

const Manifest = z.object({
  kind: z.string().min(1).max(100),
  metadata: z.object({ name: z.string().min(1).max(253), namespace: z.string().max(253).default('') }),
});

/** The objects that a manifest describes; documents that describe none are passed over. */
export function objectsInManifest(text: string): readonly ObjectName[] {
  return parseAllDocuments(text).flatMap((document) => {
    const read = 'toJS' in document ? Manifest.safeParse(document.toJS({ maxAliasCount: 20 })) : undefined;
    return read?.success === true
      ? [{ kind: read.data.kind, name: read.data.metadata.name, namespace: read.data.metadata.namespace }]
      : [];
  });
}

export const diagnoseFile: CommandHandler = async (parts) => {
  const file = parts.documents.active();
  if (file === undefined) throw new AutoDevOpsError('usage', t('No file is open.'), t('Open a manifest first.'));
  const fallback = parts.clusters.state.value.chosen?.namespace || 'default';
  const objects = objectsInManifest(file.text)
    .slice(0, 50)
    .map((object) => ({ kind: object.kind, name: object.name, namespace: object.namespace || fallback }));
  if (objects.length === 0) {
    throw new AutoDevOpsError(
      'usage',
      t('The file describes no object of Kubernetes.'),
      t('Open one with kind and metadata.name.'),
    );
  }
  await diagnoseAndShow(parts, { objects }, file.path.split(/[\\/]/).at(-1) ?? 'file');
};

export const whatChanged: CommandHandler = async (parts, argument, signal) => {
  const object = objectOf(subjectOf(argument));
  const choices = [
    { label: t('In the last 15 minutes'), value: '15m' },
    { label: t('In the last hour'), value: '1h' },
    { label: t('In the last day'), value: '1d' },
    { label: t('In the last week'), value: '7d' },
  ];
  const since = await parts.people.pick(choices, { title: t('What Changed') });
  if (since === undefined) return;
  const about = object === undefined ? [] : objectArguments(object);
  const text = await runForText(parts.program, ['changes', `--since=${since}`, ...clusterArguments(parts), ...about], {
    signal,
  });
  await parts.documents.show({ path: `what-changed-${since}.txt`, language: 'autodevops', text });
};

const codeForm = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

export const explainFinding: CommandHandler = async (parts, argument, signal) => {
  const subject = subjectOf(argument);
  const state = parts.problems.state.value;
  const seen = 'diagnosis' in state ? [...new Set(state.diagnosis.causes.map(({ code }) => code))] : [];
  const code = subject?.type === 'cause' ? subject.code : await chooseCode(parts, seen);
  if (code === undefined) return;
  if (!codeForm.test(code)) {
    throw new AutoDevOpsError('usage', t('That is no code.'), t('A code has small letters, digits, dots and hyphens.'));
  }
  const text = await runForText(parts.program, ['explain', code], { signal });
  await parts.documents.show({ path: `codes/${code}.txt`, language: 'autodevops', text });
};

async function chooseCode({ people }: WindowParts, seen: readonly string[]): Promise<string | undefined> {
  const title = t('Explain Finding');
  const chosen =
    seen.length === 0
      ? ''
      : await people.pick(
          [...seen.map((code) => ({ label: code, value: code })), { label: t('Another one …'), value: '' }],
          { title },
        );
  if (chosen !== '') return chosen;
  return await people.enter({
    title,
    prompt: t('The code, for example pod.image.not-found'),
    check: (text) =>
      codeForm.test(text.trim()) ? undefined : t('A code has small letters, digits, dots and hyphens.'),
  });
}

export const showCause: CommandHandler = async (parts, argument, signal) => {
  const cause = await chooseCause(parts, argument, t('Show Evidence'), signal);
  if (cause !== undefined) {
    await parts.documents.show({
      path: `causes/${cause.code} ${tabName(cause.object.name)}.txt`,
      language: 'autodevops',
      text: causeText(cause),
    });
  }
};

export const showGraph: CommandHandler = async (parts, argument, signal) => {
  const object = objectOf(subjectOf(argument)) ?? (await chooseObject(parts, argument, t('Show Graph')));
  if (object === undefined) return;
  const text = await runForText(parts.program, ['graph', ...clusterArguments(parts), ...objectArguments(object)], {
    signal,
  });
  await parts.documents.show({
    path: `graphs/${tabName(`${object.kind} ${object.name}`)}.txt`,
    language: 'autodevops',
    text,
  });
};

/** Asks in plain words; the chat of the sidebar does the same with more room. */
export const askJamie: CommandHandler = async (parts, argument) => {
  const object = objectOf(subjectOf(argument));
  const question = await parts.people.enter({
    title: t('Ask Jamie'),
    prompt: t('For example: why is web failing?'),
    ...(object === undefined ? {} : { value: t('why is {0} failing?', object.name) }),
  });
  if (question === undefined || question.trim() === '') return;
  parts.asked.set({ question: question.trim() });
};

async function chooseBundle({ people }: WindowParts): Promise<string | undefined> {
  const title = t('Diagnose Bundle');
  const open = await people.pick(
    [
      {
        label: t('An archive'),
        description: t('.tar.gz, as Capture Bundle writes it'),
        icon: 'archive',
        value: people.openFile,
      },
      {
        label: t('A folder'),
        description: t('such as that of a must-gather'),
        icon: 'folder',
        value: people.openFolder,
      },
    ],
    { title },
  );
  return await open?.({ title });
}

export const diagnoseBundle: CommandHandler = async (parts, argument) => {
  const path = typeof argument === 'string' ? argument : await chooseBundle(parts);
  if (path === undefined) return;
  const diagnosis: DiagnosisAnswer = await parts.people.during(
    'problems',
    t('Diagnosing the bundle'),
    async ({ signal }) =>
      await runForJson(parts.program, ['diagnose', `--from=${path}`, '-o', 'json'], Diagnosis, { signal }),
  );
  await parts.documents.show({
    path: `diagnoses/${tabName(path.split(/[\\/]/).at(-1) ?? 'bundle')}.txt`,
    language: 'autodevops',
    text: diagnosisText(diagnosis),
  });
};

const Captured = z.object({ path: z.string(), objects: z.int(), logs: z.int(), bytes: z.number() });

export const captureBundle: CommandHandler = async (parts) => {
  const name = `autodevops-${new Date(parts.clock.now()).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')}.tar.gz`;
  // Without kinds of files: the editor takes `.gz` for the ending and would write `.tar.gz` a second time.
  const file = await parts.people.saveFile({ title: t('Capture Bundle'), name });
  if (file === undefined) return;
  const captured = await parts.people.during(
    'problems',
    t('Capturing the cluster'),
    async ({ signal }) =>
      await runForJson(
        parts.program,
        ['capture', `--output=${file}`, '--format=json', ...clusterArguments(parts)],
        Captured,
        { signal },
      ),
  );
  await parts.people.tell(
    'information',
    t('Wrote {0}: {1} objects, {2} logs. Secrets are not in it.', captured.path, captured.objects, captured.logs),
  );
};
