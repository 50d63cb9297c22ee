import { expect, it } from 'vitest';
import { commandEntry, commandIds } from '../contributions/commands.ts';
import { settingsPrefix } from '../settings/read-settings.ts';
import { Settings } from '../settings/settings.ts';
import { namedInEditor, saidInEditor } from './said-in-editor.ts';

it.each([
  ['Make it: `autodevops local up`.', 'Make it: Auto-DevOps: Start Local Cluster.'],
  ['`autodevops local reset --yes` makes it anew', 'Auto-DevOps: Reset Local Cluster makes it anew'],
  ['See it with `autodevops change show chg-1`.', 'See it with Auto-DevOps: Show Change.'],
  ['Let a person turn it off (`autodevops kill-switch off`).', 'Let a person turn it off (Auto-DevOps: Kill Switch).'],
  [
    'Repair the file, or pass another one with --kubeconfig.',
    'Repair the file, or name another one by the setting autodevops.cluster.kubeconfig.',
  ],
  ['Pass another one with --kubeconfig.', 'Name another one by the setting autodevops.cluster.kubeconfig.'],
  ['Choose one with --context. There are: dev.', 'Choose one by Auto-DevOps: Switch Context. There are: dev.'],
])('what the editor has too is named as there: %s', (inTerminal, inEditor) => {
  expect(saidInEditor(inTerminal)).toBe(inEditor);
});

it.each([
  '`autodevops local snapshot` keeps it',
  '`autodevops local constructor`',
  '`autodevops fixtures`',
  '`kubectl logs --context dev`',
  'autodevops local up',
])('what the editor has nothing for stays: %s', (text) => {
  expect(saidInEditor(text)).toBe(text);
});

it('names no command and no setting that the editor does not have', () => {
  const titles = commandIds.map((id) => `Auto-DevOps: ${commandEntry(id).title}`);
  expect(namedInEditor.filter((name) => !titles.includes(name))).toEqual([]);
  expect(Object.keys(Settings.shape).map((name) => `${settingsPrefix}.${name}`)).toContain(
    'autodevops.cluster.kubeconfig',
  );
  expect(titles).toContain('Auto-DevOps: Switch Context');
});
