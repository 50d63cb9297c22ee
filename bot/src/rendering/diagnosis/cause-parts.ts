import type { KnownBlock, RichTextBlock } from '@slack/types';
import { listed } from '@autodevops/domain/count-words';
import type { Cause, Evidence } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { button, buttons } from '../blocks/buttons.ts';
import { actionIds } from '../action-ids.ts';
import { always, ifRoom } from '../budget/message.ts';
import { drawingBlocks } from '../chart/series-chart.ts';
import type { Part } from '../budget/fit.ts';
import { beginningLine } from './beginning-line.ts';
import {
  bold,
  code,
  italic,
  line,
  linkTo,
  list,
  preformatted,
  quote,
  richText,
  sentence,
  when,
  words,
} from '../text/rich-text.ts';

/** What buttons of a cause carry; without a value there is no such button. Values are ids that mean nothing by themselves. */
export interface CauseButtons {
  readonly fix?: (cause: Cause) => string | undefined;
  readonly evidence?: (cause: Cause) => string | undefined;
}

const marks: Readonly<Record<Cause['severity'], string>> = { critical: '🔴', warning: '🟠', info: '🔵' };
const mostSteps = 3;

/** `🔴 1. Image not found · Deployment shop/web` and what there is to say of it, without evidence. */
export function causeHead(cause: Cause): readonly RichTextBlock[] {
  const { rank, severity, title, object, confidence, cause: says, since, impact } = cause;
  return richText(
    line(words(`${marks[severity]} ${rank}. `), bold(title), words(' · '), code(refText(object))),
    line(words(says, 1000), confidence === 'high' ? undefined : italic(` (${confidence} confidence)`)),
    beginningLine(cause),
    when(since) === undefined ? undefined : line(bold('Since: '), when(since)),
    impact === '' ? undefined : line(bold('Impact: '), words(impact)),
  );
}

function otherSymptoms({ symptoms, object }: Cause): readonly string[] {
  const own = refText(object);
  return [...new Set(symptoms.map((symptom) => refText(symptom.object)))].filter((text) => text !== own);
}

/** What to do next, what not, and what else suffers from it. */
function causeSteps(cause: Cause): readonly RichTextBlock[] {
  const others = otherSymptoms(cause);
  return richText(
    others.length === 0 ? undefined : line(bold('Also: '), words(listed(others, 4))),
    cause.nextSteps.length === 0 ? undefined : line(bold('Next')),
    list(cause.nextSteps.slice(0, mostSteps).map((step) => line(...sentence(step)))),
    ...cause.avoid.slice(0, mostSteps).map((text) => line(bold('Avoid: '), ...sentence(text))),
  );
}

/** A quotation with where it is from: whole lines of logs keep their shape. */
export function evidenceBlocks({ source, object, quote: text, time, path, link }: Evidence): readonly RichTextBlock[] {
  const said = text.includes('\n') ? preformatted(text, 1500) : quote(words(text, 800));
  return richText(
    line(
      italic(source),
      words(' · '),
      code(refText(object)),
      path === undefined || path === '' ? undefined : words(` · ${path}`),
      when(time) === undefined ? undefined : words(' · '),
      when(time),
      link === undefined ? undefined : words(' · '),
      link === undefined ? undefined : linkTo(link, 'see it drawn'),
    ),
    said,
  );
}

function causeButtons(cause: Cause, { fix, evidence }: CauseButtons): readonly KnownBlock[] {
  return buttons(
    button(actionIds.proposeFix, 'Propose a fix', fix?.(cause)),
    button(actionIds.showCause, 'Show evidence', evidence?.(cause)),
  );
}

/** One cause among others: its head, its first quotations, steps and buttons. */
export function causeParts(cause: Cause, buttons: CauseButtons, quotations: number): readonly Part[] {
  return [
    ifRoom('cause', [
      ...causeHead(cause),
      ...cause.evidence.slice(0, quotations).flatMap(evidenceBlocks),
      ...causeSteps(cause),
      ...causeButtons(cause, buttons),
    ]),
  ];
}

/** Of several metrics the first, which tells most: a message has room for one chart. */
function chartParts({ evidence }: Cause): readonly Part[] {
  const drawn = evidence.find(({ drawing }) => drawing !== undefined);
  return drawn?.drawing === undefined
    ? []
    : [ifRoom('chart', drawingBlocks(drawn.quote.split(':')[0] ?? '', drawn.drawing))];
}

/** One cause alone, with all of its evidence. */
export function wholeCauseParts(cause: Cause, buttons: CauseButtons): readonly Part[] {
  return [
    always(causeHead(cause)),
    ...chartParts(cause),
    ...cause.evidence.map((evidence) => ifRoom('quotation', evidenceBlocks(evidence))),
    ifRoom('list of steps', causeSteps(cause)),
    always(richText(line(code(cause.code), words(` · ${cause.confidence} confidence`)))),
    always(causeButtons(cause, buttons)),
  ];
}
