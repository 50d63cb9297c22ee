import { z } from 'zod';
import type { SilenceMatcher } from '@autodevops/domain/change/silence-matcher';
import type { Alert } from '@autodevops/domain/signal';
import { refText } from '@autodevops/domain/object-ref';
import { secretMask } from '@autodevops/domain/redact';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { malformed, refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { alertApi, matchersText, silenceMark } from '../../targets/silences.ts';
import type { CreateSilence } from '../../targets/silences.ts';

const Label = z
  .string()
  .max(128)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not the name of a label');

const Params = z.strictObject({
  minutes: z.int().min(5).max(1440).describe('how long; a day at most'),
  why: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[^\p{Cc}]*$/u, 'has to be one line'),
  labels: z
    .array(Label)
    .max(20)
    .optional()
    .describe(
      'labels of the alert that have to be the same for another alert to be silenced too; all of them when absent',
    ),
});
type Params = z.infer<typeof Params>;

/** Labels without which a silence reaches alerts that nobody saw. */
const identifying = ['alertname', 'namespace'];

function source({ alerts }: Live): NonNullable<Live['alerts']> {
  return (
    alerts ?? refuse('This agent knows no Alertmanager.', 'Name it under `signals.alertmanager` in the configuration.')
  );
}

/** Alerts of that name and namespace that somebody is told of now. */
async function seen({ name, namespace, apiVersion }: ObjectRef, live: Live): Promise<readonly Alert[]> {
  if (apiVersion !== alertApi) return malformed(`${apiVersion} has no alerts.`, `Write ${alertApi}.`);
  const all = await source(live).alerts({ signal: live.signal });
  const called = all.filter(({ labels }) => labels['alertname'] === name && (labels['namespace'] ?? '') === namespace);
  const active = called.filter(({ status }) => status.state === 'active');
  if (active.length > 0) return active;
  if (called.length > 0) return refuse(`Alert ${name} is silenced or inhibited already.`, 'Nothing is to be done.');
  return refuse(
    `No alert ${name}${namespace === '' ? '' : ` of namespace ${namespace}`} fires now.`,
    'Silence what fires; what may fire is for the rules of monitoring.',
  );
}

/** A value that was cut or masked on its way here is not the alert's own. */
function isWhole(value: string): boolean {
  return !value.includes(secretMask) && !value.endsWith('…') && !value.includes('\\x') && value.length <= 500;
}

/** Equal values of labels that every one of these alerts has the same. Nothing else becomes a matcher. */
function matchersFrom(alerts: readonly Alert[], chosen: readonly string[] | undefined): readonly SilenceMatcher[] {
  const [first, ...others] = alerts;
  const labels = first?.labels ?? {};
  const wanted = [
    ...new Set([...identifying.filter((name) => labels[name] !== undefined), ...(chosen ?? Object.keys(labels))]),
  ];
  const absent = wanted.filter((name) => labels[name] === undefined);
  if (absent.length > 0) {
    return refuse(`The alert has no label ${nameList(absent)}.`, `It has ${nameList(Object.keys(labels), 12)}.`);
  }
  const same = wanted.filter((name) => others.every((other) => other.labels[name] === labels[name]));
  const differing = wanted.filter((name) => !same.includes(name));
  if (chosen !== undefined && differing.length > 0) {
    return refuse(
      `Alerts of this name fire with several values of ${nameList(differing)}.`,
      'Choose labels that they have in common.',
    );
  }
  const broken = same.filter((name) => !isWhole(labels[name] ?? ''));
  if (broken.length > 0) {
    return refuse(
      `The value of label ${nameList(broken)} is not known as it is.`,
      'Choose other labels, or silence it in Alertmanager.',
    );
  }
  return same.toSorted().map((name) => ({ name, value: labels[name] ?? '', isRegex: false, isEqual: true }));
}

async function operationOf(
  { target, params }: TypedRequest<Params>,
  matchers: readonly SilenceMatcher[],
  moment: number,
): Promise<CreateSilence> {
  const { minutes, why } = params;
  const mark = await silenceMark({ alert: refText(target), matchers, minutes, why, moment });
  return { verb: 'create-silence', matchers: [...matchers], minutes, mark, comment: why };
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const {
    target,
    params: { minutes, labels },
  } = request;
  const alerts = await seen(target, live);
  const matchers = matchersFrom(alerts, labels);
  const operation = await operationOf(request, matchers, live.now);
  return {
    sentences: inThreeTenses(
      ['Silence', 'Silencing', 'Silenced'],
      `alert ${target.name} for ${minutes} minutes: ${matchersText(matchers)}`,
    ),
    operations: [operation],
    undo: { operations: [operation], why: 'Ends the silence.' },
    touches: [],
    notes: [
      'Nobody is told of alerts with these labels meanwhile, of new ones neither. What they speak of is not repaired by it.',
      'The time runs from the moment in which it is done.',
    ],
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const silences = await source(live).silences({ signal: live.signal });
  // The labels are those of the plan; what was made is known by name, reason and mark.
  const made = silences.filter(
    ({ matchers, comment, state }) =>
      state === 'active' &&
      comment.startsWith(`${params.why} [autodevops `) &&
      matchers.some(({ name, value }) => name === 'alertname' && value === target.name),
  );
  const [newest] = made.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  if (newest === undefined) return { state: 'waiting', says: `No silence of ${target.name} is active yet.` };
  return { state: 'succeeded', says: `Silence ${newest.id} is active until ${newest.endsAt}.` };
}

export const alertmanagerSilenceCreate = action<Params>({
  name: 'alertmanager-silence-create',
  title: 'Silence an alert that fires',
  kinds: ['Alert'],
  params: Params,
  risk: 'medium',
  patience: 60,
  plan,
  verify,
});
