import type { AgentClient } from '@autodevops/agentd/client';
import type { Automation } from '@autodevops/domain/change/automation';
import type { AutonomyLevel } from '@autodevops/domain/change/policy';
import { counted } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import { timeAgo } from '@autodevops/domain/time-ago';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { table } from '../terminal/table.ts';
import { hang } from '../terminal/wrap.ts';

type Automations = Awaited<ReturnType<AgentClient['automations']>>;

const mostDeeds = 10;

/** Whether an automation does anything at this level, and why not where it does not. */
export function workingText(
  { mode, levels }: Pick<Automation, 'mode' | 'levels'>,
  level: AutonomyLevel | undefined,
): string {
  if (mode === 'off') return 'no: it is off';
  if (level === undefined || !levels.includes(level)) {
    return level === undefined ? 'no: the agent has no level' : `no: not at level ${level}`;
  }
  return mode === 'dry' ? 'dry: it only records' : 'yes';
}

/** When its circuit breaker opens, or that it is open. */
function breakerText(
  { id, breaker: { failures, returns, within, rest } }: Automation,
  resting: readonly string[],
): string {
  const seconds = (count: number): string => formatDuration(count * 1000);
  if (resting.includes(id)) return `open: it rests up to ${seconds(rest)}`;
  return `closed; opens at ${counted(failures, 'failure')} or ${counted(returns, 'return')} in ${seconds(within)}`;
}

function deedLines(deeds: Automations['deeds'], look: Look, now: string): readonly string[] {
  if (deeds.length === 0) return ['None of them has done anything lately.'];
  const newest = deeds.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time)).slice(0, mostDeeds);
  return table(
    look,
    ['last deeds', 'when', 'came to', 'change', 'what'],
    newest.map(({ automation, time, outcome, change, target, says }) => [
      automation,
      timeAgo(time, now),
      outcome,
      change === '' ? '-' : change,
      `${target}: ${says}`,
    ]),
  );
}

/** Every automation with how it stands, then what they did lately, newest first. */
export function automationLines(
  { automations, deeds, resting }: Automations,
  level: AutonomyLevel | undefined,
  look: Look,
  now: string,
): readonly string[] {
  const rows = automations.map((one) => [
    one.id,
    one.mode,
    workingText(one, level),
    one.levels.join(', '),
    breakerText(one, resting),
  ]);
  return [
    ...table(look, ['automation', 'mode', 'works here', 'levels', 'circuit breaker'], rows),
    '',
    ...automations.flatMap(({ id, why }) => hang(`${id}: `, why, look.columns)).map((line) => paint(look, 'dim', line)),
    '',
    ...deedLines(deeds, look, now),
  ];
}
