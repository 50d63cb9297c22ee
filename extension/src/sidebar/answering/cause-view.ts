import type { Cause, Evidence } from '@autodevops/domain/diagnosis';
import { oneLine, printable } from '@autodevops/domain/printable';
import { beginningText } from '../../language/beginning-text.ts';
import { t } from '../../language/translate.ts';
import { isFixable } from '../../problems/problem-nodes.ts';
import type { ObjectName } from '../../tree/subject.ts';
import { markText } from '../asking/marks.ts';
import type { LinkBook } from '../links/link-book.ts';
import { linkedText } from '../links/linked-text.ts';
import type { CauseView } from '../protocol/part.ts';
import type { Line } from '../protocol/span.ts';

/** What is shown of one cause; its page has all of it. */
const shown = { evidence: 4, symptoms: 8, quote: 600 } as const;

const severityWords: Readonly<Record<Cause['severity'], () => string>> = {
  critical: () => t('Critical'),
  warning: () => t('Warning'),
  info: () => t('Worth knowing'),
};

/** The objects that a cause speaks of. */
export function objectsOfCause({ object, symptoms, evidence }: Cause): readonly ObjectName[] {
  return [object, ...symptoms.map((one) => one.object), ...evidence.map((one) => one.object)];
}

/** `log, Pod shop/web-1`: the object leads to its page, the word "log" to the log itself. */
function sourceLine({ source, object, path, time }: Evidence, links: LinkBook): Line {
  const said = [path ?? '', time].filter((one) => one !== '').map((one) => oneLine(one, 120));
  const { kind, namespace, name } = object;
  const from =
    source === 'log' ? links.span(t('log'), { type: 'log', object: { kind, namespace, name } }) : { text: source };
  return [from, { text: ', ' }, links.object(object), ...(said.length === 0 ? [] : [{ text: `, ${said.join(', ')}` }])];
}

function cut(quote: string): string {
  const text = printable(quote);
  return text.length <= shown.quote ? text : `${text.slice(0, shown.quote - 1)}…`;
}

/** One cause for the page. `withEvidence`: no, as long as only the findings are known. */
export function causeView(cause: Cause, links: LinkBook, withEvidence = true): CauseView {
  const {
    severity,
    code,
    object,
    cause: says,
    since,
    impact,
    evidence,
    symptoms,
    nextSteps,
    avoid,
    confidence,
  } = cause;
  const began = beginningText(cause);
  const objects = objectsOfCause(cause);
  const subject = { kind: object.kind, namespace: object.namespace, name: object.name };
  return {
    severity,
    severityWord: severityWords[severity](),
    headline: linkedText(says, objects, links).map((span) => ({ ...span })),
    about: [
      links.object(object),
      { text: ` · ${t('confidence {0}', confidence)} · ` },
      links.span(code, { type: 'cause', code, object: subject }),
    ],
    facts: [impact, began, began === '' && since !== '' ? t('Since {0}', since) : '']
      .filter((one) => one !== '')
      .map((one) => printable(one)),
    evidence: withEvidence
      ? evidence.slice(0, shown.evidence).map((one) => ({ quote: cut(one.quote), source: [...sourceLine(one, links)] }))
      : [],
    symptoms: symptoms.slice(0, shown.symptoms).map((one) => links.object(one.object)),
    symptomsLeft: Math.max(0, symptoms.length - shown.symptoms),
    steps: nextSteps.map((one) => [...linkedText(one, objects, links)]),
    avoid: avoid.map((one) => [...linkedText(one, objects, links)]),
    ...(isFixable(cause)
      ? { fix: links.id({ type: 'ask', question: `/fix ${markText({ type: 'object', object: subject })}` }) }
      : {}),
  };
}
