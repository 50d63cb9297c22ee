import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { groupOf, wordInGroup } from './command.ts';
import { registry } from './commands/registry.ts';
import { main } from './main.ts';
import type { Surroundings } from './surroundings.ts';
import { fakeSurroundings, readerOf, tinyCluster } from './testing/fake-surroundings.ts';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly kept: readonly string[];
}

async function run(
  line: readonly string[],
  changed: Partial<Surroundings> = {},
  signal = new AbortController().signal,
): Promise<Ended> {
  const fake = fakeSurroundings(changed);
  const code = await main(line, fake.surroundings, signal);
  return { code, out: fake.out(), err: fake.err(), kept: fake.kept };
}

const healthy = { open: () => Promise.resolve(readerOf(() => tinyCluster('healthy'))) };
const blind = {
  open: () =>
    Promise.resolve(
      readerOf(() => ({ ...tinyCluster('healthy'), coverage: { Pod: 'none' as const }, failed: ['Pod' as const] })),
    ),
};

describe('the command line', () => {
  it('shows three examples and every command when it is bare', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    expect(out.match(/^ {2}autodevops /gm)).toHaveLength(3);
    for (const entry of registry.filter(({ name }) => !name.startsWith('__'))) {
      expect(out).toMatch(
        new RegExp(
          `^ {2}${groupOf(entry) ?? entry.name} (?:.*\\n {4,})*.*${groupOf(entry) === undefined ? '' : `\\b${wordInGroup(entry)}\\b`}`,
          'm',
        ),
      );
    }
    expect((await run(['help'])).out).toBe(out);
    expect((await run(['--help'])).out).toBe(out);
  });

  for (const { name } of registry) {
    it(`${name} --help explains itself`, async () => {
      const { code, out, err } = await run([...name.split(' '), '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`autodevops ${name}`);
      expect(out).toContain('--no-color');
      if (!name.startsWith('__')) expect((await run(['help', ...name.split(' ')])).out).toBe(out);
    });
  }

  it('tells its version', async () => {
    for (const word of ['version', '--version', '-V']) {
      expect(await run([word])).toMatchObject({ code: 0, out: 'autodevops 9.9.9\n' });
    }
    expect(JSON.parse((await run(['version', '-o', 'json'])).out)).toEqual({ version: '9.9.9', node: 'v22.1.0' });
  });

  const wrong: readonly (readonly [line: readonly string[], err: RegExp])[] = [
    [['diagnos'], /no command "diagnos"[^]*`autodevops diagnose`/],
    [['constructor'], /no command/],
    [['--watch'], /no option --watch before a command/],
    [['diagnose', '--wacth'], /no option --wacth[^]*--watch/],
    [['diagnose', '-n'], /-n needs a value/],
    [['diagnose', '-n', '-A'], /-n needs a value/],
    [['diagnose', '-n', 'a', '-A'], /exclude/],
    [['diagnose', '--watch=perhaps'], /takes no value/],
    [['diagnose', '--since', 'soon'], /"soon" is not a duration/],
    [['diagnose', '--min-severity', 'critcal'], /none of critical, warning, info[^]*critical/],
    [['diagnose', '-o', 'xml'], /none of text/],
    [['diagnose', 'web'], /names no object[^]*deploy\/web/],
    [['diagnose', 'depoyment/web'], /not a kind[^]*deployments/],
    [['diagnose', 'pod/web-1'], /no Pod "web-1"[^]*"web-0"/],
    [['diagnose', '-l', 'app in (a,b)'], /not a label selector/],
    [['diagnose', '--sample', '--from', 'x'], /different clusters/],
    [['diagnose', '--watch', '--from', 'x'], /does not change/],
    [['explain', 'pod.image.not-fuond'], /no code[^]*pod\.image\.not-found/],
    [['graph', '--depth', '99'], /not a whole number/],
    [['ask'], /no question/],
    [['completion', 'bahs'], /bash/],
    [['version', 'now'], /one too many/],
    [['change'], /needs to know what to do[^]*list, show/],
    [['change', 'aprove', 'x'], /no command "change aprove"[^]*`autodevops change approve`/],
    [['change', '--open'], /needs to know what to do/],
    [['change', 'show'], /Which change\?/],
    [['change', 'show', 'web'], /"web" is not the id of a change/],
    [['change', 'reject', 'chg-abcdef'], /needs a reason[^]*--why/],
    [['change', 'propose', 'scale', '--why', 'x'], /What is to be done, and to what/],
    [['change', 'propose', 'scale', 'deploy/web', 'three', '--why', 'x'], /"three" is not KEY=VALUE/],
    [['change', 'actions', 'scael'], /no action "scael"[^]*scale/],
    [['fix', '--sample', '--context', 'dev'], /another cluster/],
    [['kill-switch', 'on'], /needs a reason/],
    [['people', 'add'], /Who\?/],
    [['audit', 'verify'], /Which file/],
    [['audit', 'export', '--from', 'soon'], /not a time/],
    [['config', 'explain', 'agents.scarlt'], /is no setting[^]*agents\.scarlet/],
    [['policy', 'lint'], /Which policy/],
  ];
  for (const [line, err] of wrong) {
    it(`${line.join(' ')}: says what is wrong and what was meant, and ends with 64`, async () => {
      const ended = await run(line);
      expect(ended.code).toBe(64);
      expect(ended.err).toMatch(err);
      expect(ended.err).not.toMatch(/^\s+at /m);
      expect(ended.out).toBe('');
    });
  }
});

describe('diagnose', () => {
  it('ends with 0, 1 or 2 by its verdict', async () => {
    expect(await run(['diagnose'], healthy)).toMatchObject({ code: 0, err: '' });
    expect(await run(['diagnose'])).toMatchObject({ code: 1, err: '' });
    expect(await run(['diagnose'], blind)).toMatchObject({ code: 2, err: '' });
  });

  it('ends with 0 for verdicts that are not to fail', async () => {
    expect((await run(['diagnose', '--fail-on', 'never'])).code).toBe(0);
    expect((await run(['diagnose', '--fail-on', 'inconclusive'])).code).toBe(0);
    expect((await run(['diagnose', '--fail-on=problem'], blind)).code).toBe(0);
    expect((await run(['diagnose', '--fail-on', 'critical'])).code).toBe(1);
  });

  it('prints the contract with -o json', async () => {
    const { out } = await run(['diagnose', '-ojson']);
    expect(Diagnosis.parse(JSON.parse(out)).causes[0]?.code).toBe('pod.image.not-found');
  });

  it('takes objects as kubectl does', async () => {
    expect((await run(['diagnose', 'pod/web-0'])).code).toBe(1);
    expect((await run(['diagnose', 'po', 'web-0', '-n', 'shop'])).code).toBe(1);
    expect((await run(['diagnose', '-l', 'app=web'])).code).toBe(1);
    expect((await run(['diagnose', '-l', 'app=other'])).code).toBe(0);
  });

  it('leaves out what a file suppresses, and refuses half a file', async () => {
    const file =
      'suppressions: [{code: pod.image.*, object: "Pod/shop/web-0", owner: ann, reason: vendor, expires: 2026-12-31}]';
    const { code, out } = await run(['diagnose', '--suppressions', 's.yaml'], {
      readFile: () => Promise.resolve(file),
    });
    expect({ code, suppressed: out.includes('suppressed') }).toEqual({ code: 0, suppressed: true });
    const half = await run(['diagnose', '--suppressions', 's.yaml'], {
      readFile: () => Promise.resolve('suppressions: [{code: x}]'),
    });
    expect(half.code).toBe(64);
    expect(half.err).toContain('owner');
  });
});

describe('other commands', () => {
  it('ask answers, and ends by what it could', async () => {
    expect(await run(['ask', 'why', 'is', 'web-0', 'failing?'])).toMatchObject({ code: 0 });
    expect(await run(['ask', 'why is web-9 failing?'])).toMatchObject({ code: 64 });
    expect(await run(['ask', 'how do I bake bread'])).toMatchObject({ code: 2 });
    expect(JSON.parse((await run(['ask', '-o', 'json', 'how many pods are there'])).out)).toMatchObject({
      schemaVersion: 1,
      outcome: 'answered',
      headline: '1 Pod.',
    });
  });

  it('changes, graph, explain, capture and doctor print', async () => {
    expect((await run(['changes', '--since', '7d'])).out).toContain('in the last 7d');
    expect((await run(['graph', '--format', 'mermaid'])).out).toMatch(/^flowchart LR/);
    expect((await run(['graph', 'pod/web-0'])).out).toContain('runs on Node node-1');
    expect((await run(['explain'])).out).toContain('pod.image.not-found');
    expect((await run(['explain', 'pod.image'])).out).toContain('pod.image.not-found');
    expect((await run(['capture', '-o', 'x.tar.gz'])).out).toContain('3 objects, 1 log, 2Ki');
    expect(await run(['doctor'])).toMatchObject({ code: 0 });
    expect((await run(['doctor'])).out).toContain('May not: list secrets');
  });

  it('start looks at the current cluster when it answers, else at the sample, and says which', async () => {
    expect((await run(['__start'])).out).toContain('Looking at your cluster: context dev.');
    const silent = await run(['__start'], { answers: () => Promise.resolve(false) });
    expect(silent).toMatchObject({ code: 0, err: '' });
    expect(silent.out).toMatch(/does not answer within two seconds\.\nLooking at the embedded sample cluster instead/);
  });

  it('doctor ends with 1 when something needed is missing', async () => {
    const missing = {
      contextFacts: () =>
        Promise.reject(new AutoDevOpsError('kubeconfig.not-found', 'There is no kubeconfig.', 'Get one.')),
    };
    expect(await run(['doctor'], missing)).toMatchObject({ code: 1, err: '' });
  });
});

describe('failures', () => {
  const unreachable = {
    open: () =>
      Promise.reject(
        new AutoDevOpsError('cluster.refused', 'Nothing listens at 127.0.0.1:6443.', 'Start the cluster.'),
      ),
  };

  it('say what happened and what to do, also as JSON', async () => {
    expect(await run(['diagnose'], unreachable)).toMatchObject({
      code: 69,
      out: '',
      err: 'Error: Nothing listens at 127.0.0.1:6443.\nStart the cluster.\n',
    });
    const { code, out } = await run(['diagnose', '--output', 'json'], unreachable);
    expect({ code, ...JSON.parse(out) }).toEqual({
      code: 69,
      error: { code: 'cluster.refused', message: 'Nothing listens at 127.0.0.1:6443.', remedy: 'Start the cluster.' },
    });
    expect(JSON.parse((await run(['diagnose', '-o', 'json', '--nonsense'])).out)).toMatchObject({
      error: { code: 'usage' },
    });
  });

  it('that nobody foresaw give a reference, and their details only to the log', async () => {
    const { code, err, out, kept } = await run(['diagnose'], {
      open: () => Promise.reject(new TypeError('password=hunter2 broke it')),
    });
    expect({ code, out }).toEqual({ code: 70, out: '' });
    expect(err).toMatch(/Reference [0-9a-f]{8}; the details are in \/state\/errors\.log/);
    expect(err).not.toMatch(/TypeError|hunter2|^\s+at /m);
    expect(kept[0]).toContain('TypeError: password=[redacted] broke it');
  });

  it('hold nothing that a terminal obeys', async () => {
    const { err } = await run(['diagnose', '\u001B[2Jx/y']);
    expect(err).toContain('\\x1b[2Jx');
  });

  it('by Ctrl-C end with 130', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await run(['diagnose'], {}, controller.signal)).toMatchObject({ code: 130, out: '' });
  });
});

describe('a group of commands', () => {
  it('explains itself, and each of its commands', async () => {
    const { code, out } = await run(['change', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('change approve');
    expect((await run(['help', 'change'])).out).toBe(out);
  });
});

describe('policies and configurations', () => {
  const policy = 'version: 1\nrules:\n  - {id: a, why: Because., match: {actions: [scal]}, decision: one}\n';
  const cases =
    'version: 1\ncases:\n  - {says: It is asked for., given: {action: scal}, expect: {tier: one}}\n  - {says: It is done., given: {action: scal}, expect: {tier: auto}}\n';
  const files = { readFile: (path: string) => Promise.resolve(path.includes('cases') ? cases : policy) };

  it('policy lint tells what is probably not meant, with its line', async () => {
    const { code, out } = await run(['policy', 'lint', 'p.yaml'], files);
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringMatching(/p\.yaml:3: a: `scal` matches no known action; did you mean .*scale/),
    });
    expect(
      await run(['policy', 'lint', 'p.yaml'], { readFile: () => Promise.resolve(policy.replace('scal', 'scale')) }),
    ).toMatchObject({ code: 0 });
  });

  it('policy test decides the cases beside it', async () => {
    const { code, out } = await run(['policy', 'test', 'p.yaml'], files);
    expect(code).toBe(1);
    expect(out).toMatch(
      /p\.cases\.yaml:4: It is done\. But expected auto, but it is one, by a\.\n1 of 2 cases not as expected\./,
    );
  });

  it('a policy that is not valid is refused with its line', async () => {
    expect(
      await run(['policy', 'lint', 'p.yaml'], { readFile: () => Promise.resolve('version: 1\nrulez: []\n') }),
    ).toMatchObject({ code: 78, err: expect.stringContaining('p.yaml:2') });
  });

  it('config validate tells mistakes, config explain every setting', async () => {
    expect(
      await run(['config', 'validate', 'c.yaml'], { readFile: () => Promise.resolve('mode: cloud\n') }),
    ).toMatchObject({ code: 0, out: 'c.yaml is valid, for cloud mode.\n' });
    expect(
      await run(['config', 'validate', 'c.yaml'], { readFile: () => Promise.resolve('mod: cloud\n') }),
    ).toMatchObject({ code: 78, err: expect.stringContaining('did you mean "mode"') });
    expect((await run(['config', 'explain', 'agents.scarlet'])).out).toContain(
      'agents.scarlet.autonomy_level\n   observe, suggest, assist, development, production; suggest when it is left out\n',
    );
  });

  it('change actions tells what can be proposed', async () => {
    expect((await run(['change', 'actions', 'scale'])).out).toMatch(/^scale Deployment\/NAME replicas=…\n/);
    expect(JSON.parse((await run(['change', 'actions', '-o', 'json'])).out).actions.length).toBeGreaterThan(20);
  });
});

it('the registry names every file of commands/, and no other', () => {
  const hidden: Readonly<Record<string, string>> = {
    __complete: 'complete-words',
    __start: 'start',
    __agent: 'agent-process',
  };
  const names = registry.map(({ name }) => hidden[name] ?? name.replace(' ', '/'));
  const all = readdirSync(new URL('./commands/', import.meta.url), { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const files = all
    .filter((file) => file.endsWith('.ts') && file !== 'registry.ts')
    .map((file) => file.replace(/\.ts$/, ''));
  expect(names.toSorted()).toEqual(files.toSorted());
});
