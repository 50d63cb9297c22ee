import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import type { ObjectName } from '../../tree/subject.ts';
import { linkedText } from '../links/linked-text.ts';
import type { Part } from '../protocol/part.ts';
import { blindSpotsPart } from './answer-parts.ts';
import { aroundCauses } from './around.ts';
import { objectsOfCause } from './cause-view.ts';
import type { AnswerNeeds } from './needs.ts';
import { progress, progressId } from './step.ts';
import type { Step } from './step.ts';

/** How far a diagnosis has come: what is shown of its causes. */
type Stage = 'findings' | 'whole';

function causesTitle({ causes }: Diagnosis): string {
  return causes.length === 1 ? t('1 cause') : t('{0} causes', causes.length);
}

/** A diagnosis as parts of the answer: first what is wrong, then on what that rests. */
export function diagnosisParts(
  { links, pages, turn }: Pick<AnswerNeeds, 'links' | 'pages' | 'turn'>,
  diagnosis: Diagnosis,
  stage: Stage,
): readonly Part[] {
  const { summary, causes, information, blindSpots, observed } = diagnosis;
  const objects = causes.slice(0, 3).flatMap(objectsOfCause);
  const read = t(
    '{0} · {1} objects, {2} logs read in {3} ms',
    printable(observed.source),
    Object.values(observed.objects).reduce((sum, count) => sum + count, 0),
    observed.logs,
    Math.round(observed.milliseconds),
  );
  return [
    { id: 'headline', kind: 'says', tone: 'headline', lines: [[...linkedText(summary, objects, links)]] },
    ...(causes.length === 0
      ? []
      : [pages.first(turn, 'causes', causesTitle(diagnosis), causes, links, stage === 'whole')]),
    ...(stage === 'findings' ? [] : blindSpotsPart(blindSpots)),
    ...(stage === 'findings' || information.length === 0
      ? []
      : [
          {
            id: 'information',
            kind: 'facts',
            open: false,
            title: t('Worth knowing'),
            lines: information.slice(0, 50).map((one) => [...linkedText(one.cause, objectsOfCause(one), links)]),
          } satisfies Part,
        ]),
    ...(stage === 'findings'
      ? []
      : [{ id: 'observed', kind: 'says', tone: 'quiet', lines: [[{ text: read }]] } satisfies Part]),
  ];
}

function puts(parts: readonly Part[]): readonly Step[] {
  return parts.map((put) => ({ put }));
}

/** The whole cluster: what is known already at once, then what is found now, as it is found. */
export async function* diagnosedCluster(needs: AnswerNeeds, signal: AbortSignal): AsyncGenerator<Step> {
  const { window } = needs;
  yield progress(t('Reading the cluster …'));
  const live = window.problems.state.value;
  if (live.kind === 'live') yield* puts(diagnosisParts(needs, live.diagnosis, 'findings'));
  const client = await window.client(signal);
  let last: Diagnosis | undefined;
  const ended = new AbortController();
  try {
    for await (const { event } of client.diagnosis(
      { query: { hygiene: String(window.settings()['problems.hygiene']) } },
      { signal: AbortSignal.any([signal, ended.signal]) },
    )) {
      if (event.type === 'progress') yield progress(printable(event.step), event.done, event.total);
      else yield* puts(diagnosisParts(needs, (last = event.diagnosis), event.type === 'first' ? 'findings' : 'whole'));
      if (event.type === 'final') break;
    }
  } finally {
    ended.abort();
  }
  yield* aroundCauses(needs, last?.causes ?? [], signal);
  // So that the next question may lean on it.
  const conversation = await needs.conversation(client, signal);
  await client.ask({ body: { question: 'what is wrong', conversation } }, { signal });
  yield { drop: progressId };
}

/** Some objects: those of a file, or of what was selected. */
export async function* diagnosedObjects(
  needs: AnswerNeeds,
  objects: readonly ObjectName[],
  signal: AbortSignal,
): AsyncGenerator<Step> {
  yield progress(objects.length === 1 ? t('Looking at one object') : t('Looking at {0} objects', objects.length));
  const client = await needs.window.client(signal);
  const scope = objects
    .slice(0, 50)
    .map(({ kind, name, namespace }) => ({ kind, name, ...(namespace === '' ? {} : { namespace }) }));
  const diagnosis = await client.diagnose(
    { body: { objects: scope, hygiene: needs.window.settings()['problems.hygiene'] } },
    { signal },
  );
  yield* puts(diagnosisParts(needs, diagnosis, 'whole'));
  yield* aroundCauses(needs, diagnosis.causes, signal);
  yield { drop: progressId };
}
