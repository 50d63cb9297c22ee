import { describe, expect } from 'vitest';
import { it } from './scene.ts';
import { smallCluster } from './small-cluster.ts';

const refused =
  /^Error: The API server of context "faulty" \(http:\/\/127\.0\.0\.1:1\) refuses the connection: nothing listens there\.\nStart the cluster \(for Kind: see `docker ps -a`\), or check the address in the kubeconfig\.\n$/;

describe.concurrent('every command that reads a cluster says the same of one that is not there', () => {
  for (const args of [
    ['diagnose'],
    ['diagnose', 'deploy/web'],
    ['ask', 'what restarts most?'],
    ['changes'],
    ['graph'],
    ['capture', '-o', 'out.tar.gz'],
    ['diagnose', '-o', 'yaml'],
    ['diagnose', '-o', 'sarif'],
    ['diagnose', '-o', 'junit'],
    ['diagnose', '-o', 'markdown'],
  ]) {
    it(args.join(' '), async ({ scene }) => {
      scene.kubeconfig({ server: 'http://127.0.0.1:1' });
      const ran = await scene.run(args);
      expect(ran.stderr).toMatch(refused);
      expect([ran.stdout, ran.code]).toEqual(['', 69]);
    });
  }

  it('doctor, as one of the things that are missing', async ({ scene }) => {
    scene.kubeconfig({ server: 'http://127.0.0.1:1' });
    const ran = await scene.run(['doctor']);
    expect(ran.stderr).toBe('');
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('refuses the connection: nothing listens there');
  });

  it('doctor waits for a silent one no longer than a person does', async ({ scene }) => {
    scene.kubeconfig({ server: `http://127.0.0.1:${await scene.tcp(() => undefined)}` });
    const ran = await scene.run(['doctor']);
    expect(ran.stderr).toBe('');
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toMatch(/does not answer/);
  });
});

describe.concurrent('start looks at the sample when the cluster', () => {
  it('is not there', async ({ scene }) => {
    scene.kubeconfig({ server: 'http://127.0.0.1:1' });
    const { stdout, code } = await scene.run(['__start']);
    expect(stdout).toContain(
      'The API server of context faulty (http://127.0.0.1:1) does not answer within two seconds.\nLooking at the embedded sample cluster instead',
    );
    expect(code).toBe(0);
  });

  it('never answers', async ({ scene }) => {
    scene.kubeconfig({ server: `http://127.0.0.1:${await scene.tcp(() => undefined)}` });
    const { stdout, code } = await scene.run(['__start']);
    expect(stdout).toContain('does not answer within two seconds.\nLooking at the embedded sample cluster instead');
    expect(code).toBe(0);
  });

  it('is nowhere: there is no kubeconfig', async ({ scene }) => {
    const { stdout, code } = await scene.run(['__start']);
    expect(stdout).toMatch(/^There is no kubeconfig: [^]*\nLooking at the embedded sample cluster instead/);
    expect(code).toBe(0);
  });
});

describe.concurrent('words that are wrong', () => {
  const cases: readonly (readonly [args: readonly string[], says: string, todo: RegExp])[] = [
    [['diagnos'], 'There is no command "diagnos".', /autodevops diagnose/],
    [['diagnose', '--namspace', 'x'], 'There is no option --namspace.', /--namespace/],
    [['diagnose', 'deploy'], '"deploy" names no object.', /deploy/],
    [['diagnose', 'deplyo/web'], '"deplyo" is not a kind that I know.', /deploy/],
    [['diagnose', '-o', 'jsn'], '--output: "jsn" is none of text, json, yaml, markdown, sarif, junit.', /json/],
    [['diagnose', '-n'], '-n needs a value.', /--namespace=/],
    [['diagnose', '--since', 'yesterday'], '--since: "yesterday" is not ', /--since=/],
    [['diagnose', '-n', 'a', '-A'], '-n and -A exclude each other.', /one of them/],
    [
      ['diagnose', '--suppressions', 'no-such-file'],
      'The file of suppressions, no-such-file, does not exist.',
      /--suppressions/,
    ],
    [['explain', 'pod.image.not-fuond'], 'pod.image.not-fuond', /pod\.image\.not-found/],
  ];
  for (const [args, says, todo] of cases) {
    it(args.join(' '), async ({ scene }) => {
      await scene.replay(smallCluster());
      const ran = await scene.run(args);
      const [what = '', remedy = ''] = ran.stderr.split('\n');
      expect(what).toContain(says);
      expect(remedy).toMatch(todo);
      expect([ran.stdout, ran.code]).toEqual(['', 64]);
    });
  }
});
