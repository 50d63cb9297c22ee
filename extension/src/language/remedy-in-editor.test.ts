import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import { expect, it } from 'vitest';
import { subjectOf } from '../tree/subject.ts';
import { remedyInEditor } from './remedy-in-editor.ts';
import { paletteStep, paletteSteps } from './steps-in-editor.ts';

it.each([
  ['Make it: Auto-DevOps: Start Local Cluster.', remedy`Make it: ${{ do: 'make-local-cluster' }}.`],
  ['See it with Auto-DevOps: Show Change.', remedy`See it with ${{ do: 'show-change', change: 'chg-1' }}.`],
  [
    'Repair the file, or pass another one with the setting autodevops.cluster.kubeconfig.',
    remedy`Repair the file, or pass another one with ${{ do: 'choose-kubeconfig' }}.`,
  ],
  [
    'Choose one with Auto-DevOps: Switch Context. There are: dev.',
    remedy`Choose one with ${{ do: 'choose-context' }}. There are: dev.`,
  ],
])('what the editor has is named as there: %s', (inEditor, parts) => {
  expect(remedyInEditor(asRemedy(parts))).toBe(inEditor);
});

it('what a terminal alone has is told as there', () => {
  const parts = remedy`${{ do: 'restore-store' }} restores it.`;
  expect(remedyInEditor(asRemedy(parts))).toBe(inTerminal(parts));
});

it('a sentence that names no step stays as it is', () => {
  expect(remedyInEditor({ remedy: '`autodevops local up` makes it.' })).toBe('`autodevops local up` makes it.');
});

it('a command is called on what the step is about, and on nothing that is no id of ours', () => {
  const on = (change: string): unknown => subjectOf({ subject: paletteStep({ do: 'show-change', change })?.subject });
  expect([on('chg-a1b2c3'), on('chg-1; rm -rf ~')]).toEqual([{ type: 'change', id: 'chg-a1b2c3' }, undefined]);
});

it('a command that a sentence names twice is one', () => {
  const parts = remedy`${{ do: 'make-local-cluster' }}, then ${{ do: 'start-local-cluster' }}, then ${{ do: 'restore-store' }}.`;
  expect(paletteSteps(parts).map(({ command }) => command)).toEqual(['autodevops.local.start']);
});
