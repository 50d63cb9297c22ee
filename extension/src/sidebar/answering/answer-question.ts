import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { presentDiagnosis } from '../../commands/choose-cause.ts';
import { t } from '../../language/translate.ts';
import { isNamedIn, nothingToFix } from '../../problems/fixable-causes.ts';
import { isFixable } from '../../problems/problem-nodes.ts';
import { runForText } from '../../program/program.ts';
import type { ObjectName } from '../../tree/subject.ts';
import { aboutMarks, plainQuestion } from '../asking/about.ts';
import type { About } from '../asking/about.ts';
import { readAsked } from '../asking/asked.ts';
import type { SidebarCommand } from '../asking/sidebar-commands.ts';
import type { Part } from '../protocol/part.ts';
import { graphParts } from './around.ts';
import { answered } from './answered.ts';
import { diagnosedCluster, diagnosedObjects } from './diagnosed.ts';
import { fixSteps } from './fixes.ts';
import { helpParts } from './help-parts.ts';
import type { AnswerNeeds } from './needs.ts';
import { policyParts } from './policy-parts.ts';
import { progress, progressId } from './step.ts';
import type { Step } from './step.ts';

interface Given {
  /** In plain words, with names where marks stood. */
  readonly words: string;
  readonly about: readonly About[];
  readonly objects: readonly ObjectName[];
}

type Way = (needs: AnswerNeeds, given: Given, signal: AbortSignal) => AsyncGenerator<Step>;

function namespaceOf({ objects }: Given): string {
  const [first, ...others] = new Set(objects.map(({ namespace }) => namespace));
  return others.length === 0 ? (first ?? '') : '';
}

async function* asked(
  needs: AnswerNeeds,
  given: Given,
  question: string,
  signal: AbortSignal,
): AsyncGenerator<Step, readonly ObjectName[]> {
  return yield* answered(needs, { question, namespace: namespaceOf(given) }, signal);
}

/** Several objects at once cannot be asked about in one sentence: they are diagnosed. */
async function* plain(needs: AnswerNeeds, given: Given, signal: AbortSignal): AsyncGenerator<Step> {
  if (isBare(given) && given.about[0]?.marked.mark.type === 'log') return yield* logs(needs, given, signal);
  if (given.objects.length > 1 || (given.objects.length === 1 && isBare(given))) {
    return yield* diagnosedObjects(needs, given.objects, signal);
  }
  yield* asked(needs, given, given.words, signal);
}

/** Nothing but a mark was written. */
function isBare({ words, objects }: Given): boolean {
  const [object] = objects;
  return object !== undefined && words === `${object.kind.toLowerCase()}/${object.name}`;
}

async function* diagnose(needs: AnswerNeeds, given: Given, signal: AbortSignal): AsyncGenerator<Step> {
  if (given.objects.length > 0) return yield* diagnosedObjects(needs, given.objects, signal);
  if (given.words === '') return yield* diagnosedCluster(needs, signal);
  yield* asked(needs, given, `diagnose ${given.words}`, signal);
}

/** Causes about which something can be done: of these objects, of those named so, or all. */
async function* fix(needs: AnswerNeeds, { words, objects }: Given, signal: AbortSignal): AsyncGenerator<Step> {
  yield progress(t('Looking for what would help'));
  const { causes } = await presentDiagnosis(needs.window, signal);
  const named = (object: ObjectName): boolean =>
    objects.length > 0
      ? objects.some(
          ({ kind, namespace, name }) => kind === object.kind && name === object.name && namespace === object.namespace,
        )
      : isNamedIn(words, object.name);
  const fitting = causes.filter(({ object }) => named(object));
  const some = fitting.filter(isFixable).slice(0, 5);
  if (some.length === 0) {
    yield { put: { id: 'headline', kind: 'says', tone: 'warning', lines: [[{ text: nothingToFix(words, fitting) }]] } };
    if (fitting.length > 0) {
      yield { put: needs.pages.first(needs.turn, 'causes', t('What is seen'), fitting, needs.links) };
    }
  } else yield* fixSteps({ ...needs, client: await needs.window.client(signal) }, some, signal);
  yield { drop: progressId };
}

/** A log is said by the answer where a finding has read it; all of it is in a terminal. */
async function* logs(needs: AnswerNeeds, given: Given, signal: AbortSignal): AsyncGenerator<Step> {
  if (given.words === '') throw new AutoDevOpsError('usage', t('Whose log?'), t('For example: /logs web'));
  const objects = yield* asked(needs, given, `logs of ${given.words}`, signal);
  const about = given.objects.length > 0 ? given.objects : objects;
  const choices = about
    .slice(0, 5)
    .map(({ kind, namespace, name }) =>
      needs.links.span(t('Follow the log of {0}', name), { type: 'log', object: { kind, namespace, name } }),
    );
  if (choices.length > 0) yield { put: { id: 'follow', kind: 'choices', title: '', choices } };
}

async function* graph(needs: AnswerNeeds, given: Given, signal: AbortSignal): AsyncGenerator<Step> {
  if (given.words === '') throw new AutoDevOpsError('usage', t('The graph around what?'), t('For example: /graph web'));
  const objects =
    given.objects.length > 0 ? given.objects : yield* asked(needs, given, `what uses ${given.words}`, signal);
  yield progress(t('Looking at who leans on it'));
  const client = await needs.window.client(signal);
  const found = objects.slice(0, 3);
  for (const object of found) {
    const parts = await graphParts(client, object, needs.links, signal);
    for (const part of parts) {
      yield {
        put: {
          ...part,
          id: `${part.id}-${found.indexOf(object) + 1}`,
          ...(part.kind === 'facts' ? { open: true, title: `${object.name}: ${part.title}` } : {}),
        },
      };
    }
    if (parts.length === 0) {
      yield {
        put: {
          id: `alone-${found.indexOf(object) + 1}`,
          kind: 'says',
          tone: 'plain',
          lines: [
            [
              needs.links.object(object),
              { text: ` ${t('leans on nothing that can be seen, and nothing leans on it.')}` },
            ],
          ],
        },
      };
    }
  }
  yield { drop: progressId };
  yield {
    put: {
      id: 'page',
      kind: 'choices',
      title: '',
      choices: found.map(({ kind, namespace, name }) =>
        needs.links.span(t('Show Graph of {0}', name), {
          type: 'command',
          command: 'autodevops.showGraph',
          subject: { type: 'object', object: { kind, namespace, name } },
        }),
      ),
    },
  };
}

async function* explain(
  { window: { program } }: AnswerNeeds,
  { words }: Given,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(words)) {
    throw new AutoDevOpsError('usage', t('Which code?'), t('For example: /explain pod.image.not-found'));
  }
  const text = await runForText(program, ['explain', words], { signal });
  yield { put: { id: 'code', kind: 'text', title: words, text: printable(text), links: [] } };
}

async function* policy({ window, links }: AnswerNeeds, _given: Given, signal: AbortSignal): AsyncGenerator<Step> {
  const client = await window.client(signal);
  const [inForce, { autonomy }] = await Promise.all([client.policy({}, { signal }), client.cluster({}, { signal })]);
  for (const put of policyParts(inForce, autonomy, links)) yield { put };
}

async function* help({ links }: AnswerNeeds): AsyncGenerator<Step> {
  for (const put of helpParts(links)) yield { put };
}

const ways: { readonly [K in SidebarCommand]: Way } = {
  diagnose,
  fix,
  logs,
  graph,
  explain,
  policy,
  help,
  why: (needs, given, signal) =>
    given.words === ''
      ? diagnosedCluster(needs, signal)
      : asked(needs, given, /^why\b/i.test(given.words) ? given.words : `why is ${given.words} failing`, signal),
  changes: (needs, given, signal) =>
    asked(
      needs,
      given,
      given.words === '' ? 'what changed in the last hour' : `what changed in ${given.words}`,
      signal,
    ),
};

/** What was looked at, so that the person sees it, and can go there. */
function lookedPart({ links }: AnswerNeeds, about: readonly About[]): readonly Part[] {
  const looked = about.flatMap((one) => (one.looked === undefined ? [] : [{ ...one, looked: one.looked }]));
  if (looked.length === 0) return [];
  return [
    {
      id: 'looked',
      kind: 'says',
      tone: 'quiet',
      lines: looked.map(({ looked: { name, path, line }, objects }) => [
        path === undefined ? { text: printable(name) } : links.span(name, { type: 'file', path, line }),
        {
          text: `: ${objects.length === 0 ? t('names no object that I know.') : t('names {0} objects.', objects.length)}`,
        },
      ]),
    },
  ];
}

/** Answers a question step by step. Throws what went wrong, as an error for people. */
export async function* answerQuestion(needs: AnswerNeeds, text: string, signal: AbortSignal): AsyncGenerator<Step> {
  const { command, words, marks } = readAsked(text);
  const about = await aboutMarks(needs.about, marks);
  const looked = lookedPart(needs, about);
  for (const put of looked) yield { put };
  const given: Given = { words: plainQuestion(words, about), about, objects: about.flatMap(({ objects }) => objects) };
  const nothingFound = marks.length > 0 && given.objects.length === 0;
  if (nothingFound) {
    throw new AutoDevOpsError(
      'usage',
      t('There is nothing of the cluster in it.'),
      t('Name an object: #Deployment/shop/web'),
    );
  }
  yield* (command === undefined ? plain : ways[command])(needs, given, signal);
}
