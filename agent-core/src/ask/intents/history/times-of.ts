import { formatDuration } from '@autodevops/domain/duration';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { lastChange } from '../../../reading/workloads/last-change.ts';
import { nextRun } from '../../../reading/workloads/cron-schedule.ts';
import { podsOf } from '../../entrances.ts';
import { concernedBy } from '../../health/health.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { resolve } from '../../naming/resolve.ts';
import { scopeHealth } from '../../health/scope-health.ts';
import { agoOf } from '../../time-words.ts';

type Named = readonly [ObjectRef, ...ObjectRef[]];

function at(context: AskContext, time: string | undefined): string {
  return time === undefined || time === '' ? 'at a time that is not recorded' : `${agoOf(context, time)} (${time})`;
}

function ageOf(context: AskContext, ref: ObjectRef): string {
  const created = isKindName(ref.kind)
    ? context.snapshot.get(ref.kind, ref.namespace, ref.name)?.metadata.creationTimestamp
    : undefined;
  const age = context.snapshot.now - Date.parse(created ?? '');
  return Number.isNaN(age)
    ? `${refText(ref)} does not tell when it was made.`
    : `${refText(ref)} is ${formatDuration(age)} old, made at ${created}.`;
}

/** Since when something has been wrong with it, or that it is at rest, or well. */
function troubleSince(context: AskContext, refs: Named): Reply {
  const inside =
    refs[0].kind === 'Namespace'
      ? context.diagnosis.causes.filter(({ object }) => object.namespace === refs[0].name)
      : [];
  const { own, below } = concernedBy(context, refs);
  const causes = [...own, ...below, ...inside];
  const dated = causes.find(({ since }) => since !== '') ?? causes[0];
  const common = { objects: [...refs], causes, blindSpots: [...context.diagnosis.blindSpots] };
  if (dated !== undefined) return { ...common, headline: `Since ${at(context, dated.since)}: ${dated.cause}` };
  const resting = restingOf(context, refs);
  if (resting !== undefined) return { ...common, headline: resting };
  return {
    ...common,
    headline: `Nothing is wrong with ${namesOf(refs)} now.`,
    lines: refs.map((ref) => `${refText(ref)}: ${stateOfRef(context.snapshot, ref)}.`),
  };
}

/** What was not named: whatever is wrong. */
const wholeTrouble =
  /^(?:it|this|that|all this|all that|everything|the (?:first )?(?:problems?|incident|outage|troubles?|issues?|errors?|failure))$/i;

function beganFirst(context: AskContext): Reply {
  const dated = context.diagnosis.causes
    .filter(({ since }) => since !== '')
    .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const [first] = dated;
  if (first === undefined) return scopeHealth(context);
  return {
    headline: `The first of it began ${at(context, first.since)}: ${refText(first.object)}: ${first.cause}`,
    causes: dated,
    blindSpots: [...context.diagnosis.blindSpots],
  };
}

function restingOf(context: AskContext, refs: Named): string | undefined {
  const { snapshot } = context;
  const [first] = refs;
  const workloads = (['Deployment', 'StatefulSet'] as const).flatMap((kind) =>
    snapshot
      .list(kind)
      .filter(
        ({ metadata: { namespace, name }, spec }) =>
          spec.replicas === 0 &&
          refs.some((ref) =>
            ref.kind === 'Namespace'
              ? ref.name === namespace
              : ref.kind === kind && ref.namespace === namespace && ref.name === name,
          ),
      ),
  );
  const times = workloads
    .map(lastChange)
    .filter((time) => time !== '')
    .toSorted();
  if (workloads.length === 0) return undefined;
  return `${namesOf([first])} ${first.kind === 'Namespace' ? `has ${workloads.length} workloads that are` : 'is'} scaled to zero, written last ${at(context, times.at(-1))}.`;
}

function endOf(context: AskContext, ref: ObjectRef): string {
  const { snapshot } = context;
  const job = ref.kind === 'Job' ? snapshot.get('Job', ref.namespace, ref.name) : undefined;
  if (job !== undefined) {
    const failed = job.status.conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
    if (failed !== undefined) return `${refText(ref)} failed ${at(context, failed.lastTransitionTime)}.`;
    return job.status.completionTime === undefined
      ? `${refText(ref)} has not finished: ${stateOfRef(snapshot, ref)}.`
      : `${refText(ref)} finished ${at(context, job.status.completionTime)}.`;
  }
  if (ref.kind === 'CronJob') return runOf(context, ref, 'last');
  const ends = podsOf(snapshot, ref)
    .flatMap(({ status }) =>
      status.containerStatuses.flatMap(
        ({ state, lastState }) => (state.terminated ?? lastState.terminated)?.finishedAt ?? [],
      ),
    )
    .toSorted();
  const last = ends.at(-1);
  return last === undefined
    ? `No container of ${refText(ref)} has ended.`
    : `A container of ${refText(ref)} ended last ${at(context, last)}.`;
}

/** How long a Job ran, or the newest Job of a CronJob. */
function tookOf(context: AskContext, ref: ObjectRef): string {
  const { snapshot } = context;
  const jobs = ref.kind === 'CronJob' ? snapshot.ownedBy(ref.uid).filter(({ kind }) => kind === 'Job') : [];
  const names = ref.kind === 'Job' ? [ref.name] : jobs.map(({ object }) => object.metadata.name);
  const [newest] = names
    .flatMap((name) => snapshot.get('Job', ref.namespace, name) ?? [])
    .toSorted((a, b) => (b.status.startTime ?? '').localeCompare(a.status.startTime ?? ''));
  const took = Date.parse(newest?.status.completionTime ?? '') - Date.parse(newest?.status.startTime ?? '');
  return Number.isNaN(took)
    ? `${refText(ref)} does not tell how long it took.`
    : `${newest === undefined ? '' : refText(refTo('Job', newest))} took ${formatDuration(took)}.`;
}

function startOf(context: AskContext, ref: ObjectRef): string {
  const { snapshot } = context;
  const job = ref.kind === 'Job' ? snapshot.get('Job', ref.namespace, ref.name) : undefined;
  if (job !== undefined) return `${refText(ref)} was started ${at(context, job.status.startTime)}.`;
  const starts = podsOf(snapshot, ref)
    .flatMap(({ status }) => status.containerStatuses.flatMap(({ state }) => state.running?.startedAt ?? []))
    .toSorted();
  const last = starts.at(-1);
  return last === undefined
    ? `No container of ${refText(ref)} runs.`
    : `The newest running container of ${refText(ref)} was started ${at(context, last)}.`;
}

function runOf(context: AskContext, ref: ObjectRef, which: 'next' | 'last'): string {
  const { snapshot } = context;
  const cron = ref.kind === 'CronJob' ? snapshot.get('CronJob', ref.namespace, ref.name) : undefined;
  if (cron === undefined) return `${refText(ref)} has no schedule.`;
  const { schedule, suspend, timeZone = '' } = cron.spec;
  const last = cron.status.lastScheduleTime;
  const ran =
    last === undefined
      ? 'It has not run yet.'
      : `It ran last ${at(context, last)}${cron.status.lastSuccessfulTime === undefined ? ', and has never succeeded' : `; the last success was ${at(context, cron.status.lastSuccessfulTime)}`}.`;
  if (which === 'last') return `${refText(ref)}: ${ran}${suspend === true ? ' It is suspended.' : ''}`;
  if (suspend === true) return `${refText(ref)} is suspended, so it does not run (schedule ${schedule}). ${ran}`;
  const isUtc = timeZone === '' || /^(?:etc\/)?utc$/i.test(timeZone);
  const next = isUtc ? nextRun(schedule, snapshot.now) : undefined;
  const due =
    next === undefined
      ? `by its schedule ${schedule}${timeZone === '' ? '' : ` in ${timeZone}`}`
      : `in ${formatDuration(next - snapshot.now)}, at ${new Date(next).toISOString().slice(0, 16).replace('T', ' ')} UTC (schedule ${schedule})`;
  return `${refText(ref)} runs next ${due}. ${ran}`;
}

const trouble =
  '(?:down|failing|broken|not ready|unhealthy|crashing|crashlooping|pending|stuck|unavailable|out|like this|dead|offline|in trouble|erroring|not working|not responding|unresponsive|silent|gone|unreachable)';

/** Which of two was in trouble before the other. */
function earlierOf(context: AskContext, one: string, other: string): Reply | undefined {
  const sides = [one, other].map((words) => {
    const found = resolve(context, words);
    if ('reply' in found) return undefined;
    const { own, below } = concernedBy(context, found.objects);
    const [cause] = [...own, ...below]
      .filter(({ since }) => !Number.isNaN(Date.parse(since)))
      .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
    return { names: namesOf(found.objects), objects: found.objects, cause };
  });
  const [a, b] = sides;
  if (a === undefined || b === undefined) return undefined;
  const objects = [...a.objects, ...b.objects];
  const dated = [a, b].flatMap((side) => (side.cause === undefined ? [] : [{ ...side, cause: side.cause }]));
  const [first, second] = dated.toSorted((x, y) => Date.parse(x.cause.since) - Date.parse(y.cause.since));
  if (first === undefined) return { headline: `Nothing is wrong with ${a.names} or ${b.names} now.`, objects };
  const causes = dated.map(({ cause }) => cause);
  const told = `${first.names}${second === undefined ? ' only' : ' first'}, ${at(context, first.cause.since)}: ${first.cause.cause}`;
  return {
    headline: told,
    lines: second === undefined ? [] : [`${second.names} ${at(context, second.cause.since)}: ${second.cause.cause}`],
    causes,
    objects,
  };
}

/** Since when, how old, when it ended, when it runs next. */
export const timesOf: Intent = {
  name: 'times-of',
  example: 'since when is web failing?',
  patterns: [
    new RegExp(
      `^(?:since when|for how long|how long) (?:is|are|has|have|was|were) (?<since>.+?) (?:been )?${trouble}$`,
      'i',
    ),
    /^(?:when|what time) (?:did|was|has) (?<ended>[\w./-]+) last (?:crash(?:ed)?|die[d]?|fail(?:ed)?|exit(?:ed)?|terminated?|stop(?:ped)?|killed)$/i,
    /^when (?:did|has) (?<since>.+?) (?:go|went|gone|start(?:ed)?|begin|began|first|crash|break|broke|fail|stop|die|become) ?(?:to )?(?:down|fail|failing|crash|crashing|break|working|unhealthy|happen|being|not)?(?: .*)?$/i,
    /^(?:what|which (?:one|thing|service|object|pod|workload|deployment|component)s?)(?: was| has| had)? (?<first>broke|broken|failed|failing|went (?:down|wrong|bad)|degraded|suffered|misbehaved|slowed down|got slow|started to fail|began to fail) (?:first|earliest|initially)$/i,
    /^(?:when|what time) (?:did|was|has) (?<ended>.+?) (?:finish(?:ed)?|complete[d]?|end(?:ed)?|succeed(?:ed)?|done|last (?:finish|run|succeed|complete|end|ran)|run last|last run|ran last)$/i,
    /^(?:when|what time) (?:was|were|did) (?<started>.+?) (?:last )?(?:started|start up|restarted|come up|launched|scheduled|boot(?:ed)?)(?: last)?$/i,
    /^(?:when|what time|how often) (?:does|will|is|do|should) (?<next>.+?) (?:run|runs|start|execute|fire|due|scheduled|be run)(?: next| again)?$/i,
    /^(?:did|has|does|have) (?<ran>.+?) (?:ever |already )?(?:run|ran|execute|executed|fire|fired)(?: (?:today|yet|lately|ever|again|at all|last night|this week))?$/i,
    /^(?:what is |show )?(?:the )?(?:next run|schedule) (?:of|for) (?<next>.+)$/i,
    /^(?:when|what time) is the next (?:run|execution) of (?<next>.+)$/i,
    /^how long (?:until|till|before|to) (?:the )?(?<next>.+?)(?: (?:runs?|starts?|fires?|is due))?(?: (?:next|again))?$/i,
    /^when (?:did|was) (?:the )?(?<ran>.+?)(?: cron(?: ?job)?)? (?:last )?run(?: last)?$/i,
    /^how long (?:did|does) (?:the )?(?<took>.+?) (?:take|run|last)(?: to (?:finish|complete|run))?$/i,
    /^(?:how old (?:is|are)|what is the age of|age of) (?<age>.+)$/i,
    /^when (?:was|were) (?<age>.+?) (?:created|made|born|set up|installed|added|joined|registered|provisioned)(?: to the cluster)?$/i,
    /^(?:what|which|who) (?:broke|failed|crashed|went down|stopped|died|was broken|started (?:to fail|failing|crashing))(?: down)? first,? (?<one>[\w./-]+) or (?<other>[\w./-]+)$/i,
  ],
  answer: (caught, context) => {
    if (caught('one') !== '') return earlierOf(context, caught('one'), caught('other'));
    const words =
      ['since', 'ended', 'started', 'ran', 'next', 'age', 'took'].map(caught).find((text) => text !== '') ?? '';
    if (/^(?:the|my|our|this) cluster$/i.test(words)) return undefined;
    if (caught('first') !== '') return beganFirst(context);
    if (caught('since') !== '' && wholeTrouble.test(words)) return beganFirst(context);
    const found = resolve(context, words);
    if ('reply' in found) return found.reply;
    if (caught('since') !== '') return troubleSince(context, found.objects);
    if (caught('ran') !== '' && !found.objects.some(({ kind }) => kind === 'CronJob')) return undefined;
    const tell =
      caught('took') !== ''
        ? tookOf
        : caught('ran') !== ''
          ? (c: AskContext, ref: ObjectRef) => runOf(c, ref, 'last')
          : caught('ended') !== ''
            ? endOf
            : caught('started') !== ''
              ? startOf
              : caught('next') !== ''
                ? (c: AskContext, ref: ObjectRef) => runOf(c, ref, 'next')
                : ageOf;
    const [headline = '', ...lines] = found.objects.slice(0, 8).map((ref) => tell(context, ref));
    return { headline, lines, objects: [...found.objects] };
  },
};
