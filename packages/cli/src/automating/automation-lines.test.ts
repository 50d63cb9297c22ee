import { describe, expect, it } from 'vitest';
import { shippedAutomations } from '@autodevops/agent-core/automations/shipped';
import type { Deed } from '@autodevops/domain/change/automation';
import { automationLines, workingText } from './automation-lines.ts';

const look = { columns: 160, rows: undefined, colour: false, unicode: true };
const now = '2026-01-01T12:00:00.000Z';
const one = shippedAutomations.find(({ id }) => id === 'raise-memory-limit');
const automations = one === undefined ? [] : [one];

function deed(time: string, outcome: Deed['outcome'], change = ''): Deed {
  return {
    automation: 'raise-memory-limit',
    finding: 'f',
    since: time,
    target: 'Deployment/shop/web',
    time,
    change,
    outcome,
    says: `It came to ${outcome}.`,
  };
}

describe('an automation', () => {
  it('works where it is on, and at its levels only', () => {
    const levels = ['development' as const];
    expect(workingText({ mode: 'on', levels }, 'development')).toBe('yes');
    expect(workingText({ mode: 'dry', levels }, 'development')).toBe('dry: it only records');
    expect(workingText({ mode: 'off', levels }, 'development')).toBe('no: it is off');
    expect(workingText({ mode: 'on', levels }, 'suggest')).toBe('no: not at level suggest');
    expect(workingText({ mode: 'on', levels }, undefined)).toBe('no: the agent has no level');
  });

  it('is listed with its mode, its levels and when its circuit breaker opens, or that it is open', () => {
    expect(automationLines({ automations, deeds: [], resting: [] }, 'development', look, now)[1]).toMatch(
      /^raise-memory-limit\s+on\s+yes\s+development\s+closed; opens at 2 failures or 2 returns in 6 h$/,
    );
    expect(
      automationLines({ automations, deeds: [], resting: ['raise-memory-limit'] }, 'suggest', look, now)[1],
    ).toMatch(/no: not at level suggest\s+development\s+open: it rests up to 12 h$/);
  });

  it('is followed by the last ten deeds, the newest first', () => {
    const times = Array.from({ length: 12 }, (_, at) => `2026-01-01T11:${String(10 + at)}:00.000Z`);
    const lines = automationLines(
      {
        automations,
        deeds: [...times.map((time) => deed(time, 'dry')), deed('2026-01-01T11:59:00.000Z', 'succeeded', 'chg-1')],
        resting: [],
      },
      'development',
      look,
      now,
    );
    const deeds = lines.filter((line) => line.includes('Deployment/shop/web'));
    expect(deeds).toHaveLength(10);
    expect(deeds[0]).toMatch(/60 s ago\s+succeeded\s+chg-1\s+Deployment\/shop\/web: It came to succeeded\./);
    expect(automationLines({ automations, deeds: [], resting: [] }, 'development', look, now).at(-1)).toBe(
      'None of them has done anything lately.',
    );
  });
});
