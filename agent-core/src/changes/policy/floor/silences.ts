import type { SilenceMatcher } from '@autodevops/domain/change/silence-matcher';
import { matchersText } from '../../../scarlet/targets/silences.ts';
import { atLeast, forbidden } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';

/** In minutes: longer ones are forgotten. */
const longest = 24 * 60;
/** Labels that many alerts share: alone they narrow nothing. */
const broad = [
  'alertname',
  'severity',
  'cluster',
  'prometheus',
  'job',
  'team',
  'env',
  'environment',
  'monitor',
  'region',
  'endpoint',
];
/** Alerts that always fire, so that their silence tells that monitoring is dead. */
const heartbeats = /^(?:watchdog|dead\s*man'?s?\s*(?:switch|snitch)|heartbeat|alwaysfiring)$/i;

function named(matchers: readonly SilenceMatcher[], name: string): string {
  return matchers.find((matcher) => matcher.name === name)?.value ?? '';
}

/** Why a silence reaches too far; undefined when it does not. */
function tooBroad(matchers: readonly SilenceMatcher[], minutes: number): string | undefined {
  if (matchers.length === 0) return 'A silence without conditions silences everything.';
  const loose = matchers.find(({ isRegex, isEqual, value }) => isRegex || !isEqual || value === '');
  if (loose !== undefined) return `${matchersText([loose])} reaches alerts that nobody saw.`;
  const alert = named(matchers, 'alertname');
  if (alert === '') return `${matchersText(matchers)} names no alert.`;
  if (heartbeats.test(alert)) {
    return `${alert} tells that monitoring lives: silenced, nobody would hear that it does not.`;
  }
  if (matchers.every(({ name }) => broad.includes(name))) {
    return `${matchersText(matchers)} is every alert of that name, whatever it is about.`;
  }
  return minutes > longest ? `A silence of ${minutes} minutes is forgotten before it ends.` : undefined;
}

function judge({ question }: Ground): FloorVerdict | undefined {
  const created = question.actions
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => (operation.verb === 'create-silence' ? [operation] : []));
  const why = created.map(({ matchers, minutes }) => tooBroad(matchers, minutes)).find((found) => found !== undefined);
  if (why !== undefined) return forbidden(why);
  if (created.length === 0) return undefined;
  const critical = created.some(({ matchers }) => /^(?:critical|page|emergency)$/i.test(named(matchers, 'severity')));
  return critical
    ? atLeast('two', 'Nobody would be told of a critical alert.')
    : atLeast('one', 'Nobody would be told of an alert.');
}

/** What nobody is told of any more. */
export const silences: readonly FloorRule[] = [
  {
    id: 'floor.silences',
    what: "An alert is silenced. Without conditions, by a pattern, without the alert's name, for every alert of a name, for the heartbeat of monitoring, or for more than a day it is forbidden.",
    says: 'one; two for a critical alert; forbidden where it reaches further',
    instead: 'Name the alert, and a label of what it is about, for at most a day.',
    judge,
  },
];
