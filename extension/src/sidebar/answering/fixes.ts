import type { AgentClient } from '@autodevops/agentd/client';
import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine, printable } from '@autodevops/domain/printable';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/translate.ts';
import type { CardDesk, Fix } from '../cards/card-desk.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { Part } from '../protocol/part.ts';
import { progress } from './step.ts';
import type { Step } from './step.ts';

interface FixNeeds {
  readonly client: AgentClient;
  readonly cards: CardDesk;
  readonly links: LinkBook;
  readonly turn: number;
}

function sameCause(a: Cause, b: Cause): boolean {
  return a.code === b.code && refKey(a.object) === refKey(b.object);
}

function refused(cause: Cause, error: unknown, id: string): Part {
  if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
  return {
    id,
    kind: 'says',
    tone: 'warning',
    lines: [[{ text: t('{0}: {1}', oneLine(refText(cause.object), 120), failureText(error)) }]],
  };
}

/** What a person has to give first is asked for when they want the fix, not before. */
function openPart({ cause, open }: Fix, links: LinkBook, id: string): Part {
  const { code, object } = cause;
  const asks = [...new Set(open.flatMap((one) => one.asks))].join(', ');
  const subject = {
    type: 'cause' as const,
    code,
    object: { kind: object.kind, namespace: object.namespace, name: object.name },
  };
  return {
    id,
    kind: 'choices',
    title: t('{0}: it asks for {1}', oneLine(refText(object), 120), oneLine(asks, 120)),
    choices: [links.span(t('Propose Fix'), { type: 'command', command: 'autodevops.proposeFix', subject })],
  };
}

function manualPart({ cause, manual }: Fix, id: string): Part {
  const lines = manual.length === 0 ? [t('No action of the catalogue would help; a person has to do it.')] : manual;
  return {
    id,
    kind: 'facts',
    open: true,
    title: t('{0}: only a person can do it', oneLine(refText(cause.object), 120)),
    lines: lines.map((text) => [{ text: printable(text) }]),
  };
}

/** What would help these causes: a card for each that can be done as it is. Nothing is proposed by looking. */
export async function* fixSteps(
  { client, cards, links, turn }: FixNeeds,
  causes: readonly Cause[],
  signal: AbortSignal,
): AsyncGenerator<Step> {
  yield progress(t('Looking for what would help'));
  const namespaces = [...new Set(causes.map(({ object }) => object.namespace))];
  const { fixes } = await client.fixes({ body: namespaces.includes('') ? {} : { namespaces } }, { signal });
  for (const [index, cause] of causes.entries()) {
    const fix = fixes.find((one) => sameCause(one.cause, cause));
    if (fix === undefined) continue;
    const id = `fix-${index + 1}`;
    const [request] = fix.proposals;
    if (request === undefined) yield { put: fix.open.length > 0 ? openPart(fix, links, id) : manualPart(fix, id) };
    else {
      yield progress(t('Rehearsing'), index, causes.length);
      yield {
        put: await cards
          .offer({ turn, id, cause, request }, client, signal)
          .catch((error: unknown) => refused(cause, error, id)),
      };
    }
  }
}
