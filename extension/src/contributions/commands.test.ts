import { describe, expect, it } from 'vitest';
import { handlers } from '../commands/registry.ts';
import { commandEntry, commandIds } from './commands.ts';
import { contextKeys } from './context-keys.ts';
import { menus } from './menus.ts';
import { welcomes } from './welcome.ts';
import { walkthrough } from './walkthrough.ts';

/** What the issue names, at least. */
const promised = [
  'Start Local Cluster',
  'Stop Local Cluster',
  'Reset Local Cluster',
  'Remove Local Cluster',
  'Status of the Local Cluster',
  'Load Image into the Local Cluster',
  'Switch Context',
  'Ask Jamie',
  'Diagnose Cluster',
  'Diagnose Namespace',
  'Diagnose Resource',
  'Diagnose File',
  'What Changed',
  'Explain Finding',
  'Show Graph',
  'Tail Logs',
  'Open Terminal in Pod',
  'Port Forward',
  'Propose Fix',
  'Apply Change',
  'Approve Change',
  'Reject Change',
  'Undo Last Change',
  'Show Audit',
  'Verify Audit',
  'Edit Policy',
  'Test Policy',
  'Set Autonomy Level',
  'Kill Switch',
  'Capture Bundle',
  'Diagnose Bundle',
  'Open Local Config',
  'Run Doctor',
  'Show Logs of the Agent',
  'Restart Agent',
  'Report Issue',
];

describe('the commands', () => {
  it('are all that were promised', () => {
    const titles = commandIds.map((id) => commandEntry(id).title);
    expect(promised.filter((title) => !titles.includes(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('are each carried out by something', () => {
    expect(Object.keys(handlers).toSorted()).toEqual([...commandIds].toSorted());
    for (const id of commandIds) expect(handlers[id], id).toBeTypeOf('function');
  });

  it('have keys of their own, each that the palette shows', () => {
    const keys = commandIds.map((id) => commandEntry(id).keys).filter((one) => one !== undefined);
    expect(new Set(keys).size).toBe(keys.length);
    expect(
      commandIds.filter((id) => commandEntry(id).keys === undefined && commandEntry(id).onItemsOnly !== true),
    ).toEqual([]);
  });

  it('do nothing in a folder that is not trusted', () => {
    expect(commandIds.filter((id) => !commandEntry(id).enabled.includes('isWorkspaceTrusted'))).toEqual([]);
  });

  it('that change a cluster are not enabled while it is locked', () => {
    for (const id of [
      'autodevops.approve',
      'autodevops.applyChange',
      'autodevops.proposeFix',
      'autodevops.openTerminal',
      'autodevops.portForward',
    ] as const) {
      expect(commandEntry(id).enabled).toContain('!autodevops.locked');
    }
    for (const id of ['autodevops.killSwitch', 'autodevops.reject'] as const) {
      expect(commandEntry(id).enabled).not.toContain('autodevops.locked');
    }
  });
});

it('no clause asks a key or a value that nobody sets', () => {
  const clauses = [
    ...commandIds.map((id) => commandEntry(id).enabled),
    ...Object.values(menus)
      .flat()
      .map(({ when }) => when),
    ...welcomes.map(({ when }) => when),
  ];
  for (const [, key = '', , value] of clauses
    .flatMap((clause) => [...clause.matchAll(/(autodevops\.[A-Za-z]+)( [!=]= ([\w-]+))?/g)])
    .filter(([all]) => !/^autodevops\.(problems|clusters|changes|incidents|chat)$/.test(all))) {
    expect(Object.keys(contextKeys)).toContain(key);
    if (value !== undefined) {
      expect(contextKeys[key as keyof typeof contextKeys] as readonly unknown[]).toContain(value);
    }
  }
});

it('a walkthrough has five steps, each with something to press', () => {
  expect(walkthrough.steps).toHaveLength(5);
  for (const { lines, done } of walkthrough.steps) {
    expect(lines.some((line) => line.includes('](command:autodevops.'))).toBe(true);
    expect(done.length).toBeGreaterThan(0);
  }
});
