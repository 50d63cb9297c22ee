import { describe, expect, it } from 'vitest';
import { problem } from '../render/testing/example-diagnosis.ts';
import { manualText } from './fix-text.ts';
import type { Fixable } from './fixable.ts';

const [cause] = problem.causes;
if (cause === undefined) throw new Error('the example has a cause');
const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: '' };
const named: Fixable['cause'] = { ...cause, object: target };
const look = { columns: 160, rows: undefined, colour: false, unicode: true };
const view = { look, everything: false, now: '2026-01-01T12:00:00Z' };

function textOf(open: Fixable['open']): string {
  const fixable: Fixable = { cause: named, proposals: [], open, manual: ['Set the variable.'] };
  return manualText(fixable, [fixable], view);
}

describe('what only a person can do', () => {
  it('is said with the command that does it once a value is given', () => {
    const text = textOf([
      { request: { action: 'set-environment', target, params: { container: 'app', name: 'MODE' } }, asks: ['value'] },
    ]);
    expect(text).toContain('→ Set the variable.');
    expect(text).toContain('→ autodevops fix deployment/web -n shop --action set-environment --set value=…');
  });

  it('is said alone where no value would help', () => {
    expect(textOf([])).not.toContain('--set');
  });
});
