import type { AgentClient } from '@autodevops/agentd/client';
import type { Answer } from '@autodevops/domain/answer';
import type { Cause } from '@autodevops/domain/diagnosis';
import { t } from '../../language/translate.ts';
import { isFixable } from '../../problems/problem-nodes.ts';
import type { ObjectName } from '../../tree/subject.ts';
import type { LinkBook } from '../links/link-book.ts';
import { linkedText, objectNamed } from '../links/linked-text.ts';
import type { Part } from '../protocol/part.ts';
import type { Line } from '../protocol/span.ts';
import { fixSteps } from './fixes.ts';
import type { AnswerNeeds } from './needs.ts';
import { progress } from './step.ts';
import type { Step } from './step.ts';

const shown = { changes: 12, relations: 12, cards: 3 } as const;

function rowLine(row: readonly string[], links: LinkBook): Line {
  return row.flatMap((text, index) => {
    const object = objectNamed(text);
    return [
      ...(index === 0 ? [] : [{ text: ' · ' }]),
      ...(object === undefined ? linkedText(text, [], links) : [links.object(object)]),
    ];
  });
}

/** Rows of an answer as lines; nothing where it has none. */
export function rowsPart(id: string, title: string, { table }: Answer, most: number, links: LinkBook): readonly Part[] {
  const rows = table?.rows ?? [];
  if (rows.length === 0) return [];
  const left = rows.length - most;
  const lines = rows.slice(0, most).map((row) => [...rowLine(row, links)]);
  return [
    {
      id,
      kind: 'facts',
      title,
      open: false,
      lines: left > 0 ? [...lines, [{ text: t('and {0} more', left) }]] : lines,
    },
  ];
}

function wordsFor({ kind, name }: ObjectName): string {
  return `${kind.toLowerCase()}/${name}`;
}

function placed({ namespace }: ObjectName): { readonly namespace?: string } {
  return namespace === '' ? {} : { namespace };
}

/** What changed lately where a cause is. */
export async function timelinePart(
  client: AgentClient,
  object: ObjectName,
  links: LinkBook,
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const answer = await client.ask(
    { body: { question: 'what changed in the last day', ...placed(object) } },
    { signal },
  );
  return rowsPart('timeline', t('What changed in the last day'), answer, shown.changes, links);
}

/** Who leans on an object, and on what it leans itself. */
export async function graphParts(
  client: AgentClient,
  object: ObjectName,
  links: LinkBook,
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const ask = async (question: string): Promise<Answer> =>
    await client.ask({ body: { question, ...placed(object) } }, { signal });
  const name = wordsFor(object);
  return [
    ...rowsPart('users', t('Who leans on it'), await ask(`what uses ${name}`), shown.relations, links),
    ...rowsPart('needs', t('What it leans on'), await ask(`dependencies of ${name}`), shown.relations, links),
  ];
}

/** What belongs around causes: the time, the neighbours, and what would help. Each part as soon as it is there. */
export async function* aroundCauses(
  { window, links, cards, turn }: AnswerNeeds,
  causes: readonly Cause[],
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const [first] = causes;
  if (first === undefined) return;
  const client = await window.client(signal);
  yield progress(t('Looking at what changed'));
  for (const part of await timelinePart(client, first.object, links, signal)) yield { put: part };
  yield progress(t('Looking at who leans on it'));
  for (const part of await graphParts(client, first.object, links, signal)) yield { put: part };
  const fixable = causes.filter(isFixable).slice(0, shown.cards);
  if (fixable.length > 0) yield* fixSteps({ client, cards, turn, links }, fixable, signal);
}
