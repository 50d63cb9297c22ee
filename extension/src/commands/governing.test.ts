import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Policy } from '@autodevops/domain/change/policy';
import { fakeWindow, localContext, remoteContext } from '../testing/fake-window.ts';
import {
  editPolicy,
  firstPolicy,
  setAutonomy,
  showAudit,
  testPolicy,
  turnKillSwitch,
  verifyAudit,
  withSetting,
} from './governing.ts';

const signal = AbortSignal.timeout(30_000);
const off = { on: false, by: '', why: '', since: '' };
const on = { on: true, by: 'Ben', why: 'it burns', since: '2026-01-07T11:00:00Z' };
const ann = {
  kind: 'person' as const,
  account: 'local:ann',
  person: '',
  name: 'Ann',
  roles: [],
  surface: 'cli' as const,
};

describe('the kill switch', () => {
  it('is turned on by one press, in a locked cluster too', async () => {
    const window = await fakeWindow({ contexts: [remoteContext], agent: { killSwitch: off, setKillSwitch: on } });
    await turnKillSwitch(window.parts, undefined, signal);
    expect(window.agent.calls.at(-1)).toEqual([
      'setKillSwitch',
      { body: { on: true, why: 'Turned on from the editor.' } },
    ]);
  });

  it('is turned off with a reason, after it was said who turned it on and why', async () => {
    const window = await fakeWindow({
      replies: [{ enter: 'it is out' }],
      agent: { killSwitch: on, setKillSwitch: off },
    });
    await turnKillSwitch(window.parts, undefined, signal);
    expect(window.person.heard[0]).toContain('It was turned on by Ben: it burns.');
    expect(window.agent.calls.at(-1)).toEqual(['setKillSwitch', { body: { on: false, why: 'it is out' } }]);
  });

  it('stays on where no reason is given', async () => {
    const window = await fakeWindow({ replies: [{ enter: undefined }], agent: { killSwitch: on } });
    await turnKillSwitch(window.parts, undefined, signal);
    expect(window.agent.calls).toHaveLength(1);
  });
});

describe('the audit log', () => {
  const row = (sequence: number): object => ({
    sequence,
    previous: '0'.repeat(64),
    hash: '1'.repeat(64),
    entry: {
      code: 'CHG001',
      time: '2026-01-07T11:00:00Z',
      actor: ann,
      onBehalfOf: '',
      subject: 'chg-a1b2c3d4e5f6',
      success: true,
      says: `Record ${sequence}\u001B[2J.`,
      details: {},
    },
  });

  it('is shown newest first, the last part of it', async () => {
    const window = await fakeWindow({
      agent: {
        auditRows: ({ query }) =>
          ({ rows: query?.['from'] === undefined ? [] : [row(599), row(600)], head: 600 }) as never,
      },
    });
    await showAudit(window.parts, undefined, signal);
    expect(window.agent.calls.at(-1)?.[1].query).toEqual({ from: 101, limit: 500 });
    expect(window.shown[0]?.text).toContain('The last 2 of 600 records.');
    expect(window.shown[0]?.text.indexOf('Record 600')).toBeLessThan(window.shown[0]?.text.indexOf('Record 599') ?? 0);
    expect(window.shown[0]?.text).not.toContain('\u001B');
  });

  it.each([
    [true, 'information: Every row follows.'],
    [false, 'error: Every row follows.'],
  ])('is exported and verified by the program (intact: %s)', async (intact, told) => {
    const window = await fakeWindow({
      program: (args) =>
        args[1] === 'export'
          ? { stdout: 'rows\n' }
          : {
              code: intact ? 0 : 65,
              stdout: JSON.stringify({ intact, says: 'Every row follows.', rows: 3, hash: '' }),
            },
    });
    await verifyAudit(window.parts, undefined, signal);
    expect(window.files.get('/home/ann/own/audit.jsonl')).toBe('rows\n');
    expect(window.ran).toEqual([
      ['audit', 'export', '--context=kind-dev'],
      ['audit', 'verify', '/home/ann/own/audit.jsonl', '-o', 'json'],
    ]);
    expect(window.person.heard.at(-1)).toBe(told);
  });
});

describe('the policy', () => {
  it('is opened where the configuration names one', async () => {
    const window = await fakeWindow({ place: { policy: '/home/ann/state/p.yaml' } });
    await editPolicy(window.parts, undefined, signal);
    expect(window.opened).toEqual(['/home/ann/state/p.yaml']);
  });

  it('is made, named in the configuration and valid, where there is none', async () => {
    const window = await fakeWindow({
      replies: [{ confirm: true }],
      files: { '/home/ann/state/config.yaml': '# mine\nmode: local\n' },
    });
    await editPolicy(window.parts, undefined, signal);
    expect(window.files.get('/home/ann/state/config.yaml')).toBe(
      '# mine\nmode: local\nagents:\n  scarlet:\n    policy: ./policy.yaml\n',
    );
    expect(Policy.parse(parse(window.files.get('/home/ann/state/policy.yaml') ?? '')).rules).toHaveLength(1);
    expect(window.opened).toEqual(['/home/ann/state/policy.yaml']);
    expect(firstPolicy).toContain('kube-system');
  });

  it('is checked, and decided by its cases where they lie beside it', async () => {
    const results = [
      { passed: true, line: 3, says: '', case: { says: 'One.' } },
      { passed: false, line: 9, says: 'it is auto', case: { says: 'Two.' } },
    ];
    const window = await fakeWindow({
      place: { policy: '/p.yaml' },
      files: { '/p.cases.yaml': '' },
      program: (args) => ({
        code: 1,
        stdout: JSON.stringify(
          args[1] === 'lint'
            ? { findings: [{ line: 4, rule: 'a', code: 'never', says: 'Never counts.' }] }
            : { results },
        ),
      }),
    });
    await testPolicy(window.parts, undefined, signal);
    expect(window.ran).toEqual([
      ['policy', 'lint', '/p.yaml', '-o', 'json'],
      ['policy', 'test', '/p.yaml', '--cases=/p.cases.yaml', '-o', 'json'],
    ]);
    expect(window.shown[0]?.text).toContain('4: a: Never counts. (never)');
    expect(window.shown[0]?.text).toContain('1 of 2 cases are as expected.');
    expect(window.shown[0]?.text).toContain('9: Two. it is auto');
  });
});

describe('the autonomy level', () => {
  const cluster = { name: 'kind-dev', mode: 'local' as const, autonomy: 'suggest' as const };

  it('is written to the configuration, and the agent is started again with it', async () => {
    const window = await fakeWindow({ replies: [{ pick: 'development' }], agent: { cluster } });
    await setAutonomy(window.parts, undefined, signal);
    expect(parse(window.files.get('/home/ann/state/config.yaml') ?? '')).toEqual({
      agents: { scarlet: { autonomy_level: 'development' } },
    });
    expect(window.processes).toEqual(['open kind-dev', 'let go', 'stop kind-dev', 'open kind-dev']);
  });

  it('stays as it is where the same is chosen, or none', async () => {
    const window = await fakeWindow({
      contexts: [localContext],
      replies: [{ pick: 'suggest' }, { pick: undefined }],
      agent: { cluster },
    });
    await setAutonomy(window.parts, undefined, signal);
    await setAutonomy(window.parts, undefined, signal);
    expect(window.files.size).toBe(0);
  });

  it('of a cluster that is read-only is not raised', async () => {
    const window = await fakeWindow({
      contexts: [remoteContext],
      replies: [{ pick: 'development' }],
      agent: { cluster },
    });
    await expect(setAutonomy(window.parts, undefined, signal)).rejects.toMatchObject({ code: 'change.not-allowed' });
    expect(window.files.size).toBe(0);
  });
});

it('one setting is changed and every comment stays', () => {
  expect(
    withSetting('# a\nagents:\n  # b\n  jamie:\n    model: none # c\n', ['agents', 'scarlet', 'policy'], './p.yaml'),
  ).toBe('# a\nagents:\n  # b\n  jamie:\n    model: none # c\n  scarlet:\n    policy: ./p.yaml\n');
  expect(withSetting('', ['mode'], 'local')).toBe('mode: local\n');
  expect(() => withSetting('- a list', ['mode'], 'local')).toThrow('no valid YAML');
});
