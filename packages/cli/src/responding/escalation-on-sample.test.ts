import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { api, notice, options, sampleAgent, tokens, until } from './testing/sample-agent.ts';

const rotations = `schedules:
  - name: platform
    timeZone: Europe/Berlin
    layers:
      - start: 2020-01-06T09:00
        rotation: [ann]
`;

const escalation = {
  onCall: { schedules: [{ kind: 'rotations', name: 'platform', file: 'on-call.yaml' }] },
  escalation: [
    {
      name: 'usual',
      steps: [{ tell: [{ schedule: 'platform' }] }, { afterMinutes: 30, tell: [{ account: 'slack:T1/U2' }] }],
    },
  ],
  updates: { sev2: 60 },
};

it('whoever is on call is told of an alert at once, and nobody else once somebody has seen it', async () => {
  const { client, post } = await sampleAgent({ incidents: escalation, files: { 'on-call.yaml': rotations } });
  await client.putPerson(
    { body: { id: 'ann', name: 'Ann Lee', accounts: ['slack:T1/U1'], roles: ['operator'] } },
    options,
  );
  const ann = { account: 'slack:T1/U1', person: 'ann', name: 'Ann Lee' };
  expect(await client.onCall({}, options)).toEqual({ schedules: [{ schedule: 'platform', people: [ann], says: '' }] });

  const { incident: id } = await post(notice('KubeDeploymentReplicasMismatch', api));
  const told = await until(client, id, (incident) => incident.escalation !== undefined);
  expect(told.escalation).toMatchObject({ policy: 'usual', step: 1, told: [{ to: ann, answeredAt: '' }] });
  expect((await client.incidents({}, options)).incidents[0]).toMatchObject({ id, escalation: { step: 1 } });

  const seen = await client.acknowledgeIncident({ params: { id }, body: {} }, options);
  expect(seen).toMatchObject({
    state: 'investigating',
    acknowledged: { by: { account: expect.stringMatching(/^local:/) } },
    metrics: { toAcknowledge: expect.any(Number) },
  });
  expect((await client.acknowledgeIncident({ params: { id }, body: {} }, options)).sequence).toBe(seen.sequence);

  const silent = await client.silenceIncident(
    { params: { id }, body: { minutes: 30, why: 'It is being moved' } },
    options,
  );
  expect(silent.silence).toMatchObject({ why: 'It is being moved' });
  expect((await client.unsilenceIncident({ params: { id } }, options)).silence).toBeUndefined();

  await client.updateIncident(
    { params: { id }, body: { customers: 'Paying takes longer than usual.', services: ['Checkout'] } },
    options,
  );
  const summary = await client.customerSummary({ params: { id } }, options);
  expect(summary.text).toMatch(/^Paying takes longer than usual\. Affected: Checkout\. Since 20\d\d-.* UTC\. /);
  expect(summary.text).not.toMatch(/Kube|shop|api|Ann/);

  const events: [string, unknown][] = [];
  for await (const { event } of client.events({ query: { after: 0 } }, options)) {
    if (event.subject === id) events.push([event.topic, event.data['to']]);
    if (event.topic === 'incident.services-set') break;
  }
  expect(events).toContainEqual(['incident.escalated', [ann]]);
  expect(
    (await client.auditRows({}, options)).rows.map(({ entry }) => entry.code).filter((code) => code.startsWith('INC')),
  ).toEqual(['INC001', 'INC010', 'INC009', 'INC011', 'INC012']);
}, 60_000);

it('Grafana, PagerDuty and any sender with a mapping open incidents by tokens of their own, each by its own door', async () => {
  const sources = [
    {
      name: 'checks',
      tokenFile: 'checks-token',
      mapping: {
        name: '/check',
        groupKey: '/id',
        fingerprint: '/id',
        status: { at: '/state', resolved: ['up'] },
        labels: { namespace: '/ns', deployment: '/app' },
      },
    },
  ];
  const { client, post } = await sampleAgent({
    incidents: { grafana: { tokenFile: 'grafana-token' }, pagerduty: { tokenFile: 'pagerduty-token' }, sources },
  });
  const grafana = { ...(notice('Slow', api) as object), version: '1', orgId: 1 };
  const pagerduty = {
    event: {
      id: 'e-1',
      event_type: 'incident.triggered',
      resource_type: 'incident',
      occurred_at: '2026-01-01T00:00:00Z',
      data: {
        id: 'P1',
        type: 'incident',
        status: 'triggered',
        title: 'Nobody can pay',
        created_at: '2026-01-01T00:00:00Z',
        urgency: 'high',
      },
    },
  };
  // About something that is well: alerts of one cause become one incident as soon as Jamie has looked.
  const check = { id: 'c-1', check: 'Dashboards', state: 'down', ns: 'monitoring', app: 'dashboards' };
  const doors = [
    ['grafana', '/v1/alerts/grafana', grafana],
    ['pagerduty', '/v1/alerts/pagerduty', pagerduty],
    ['checks', '/v1/alerts/sources/checks', check],
  ] as const;

  for (const [source, path, payload] of doors) {
    expect(await post(payload, tokens[source], path)).toEqual({
      status: 200,
      incident: expect.stringMatching(/^inc-/),
    });
    for (const other of ['alertmanager', ...doors.map(([name]) => name)] as const) {
      if (other !== source) expect(await post(payload, tokens[other], path)).toMatchObject({ status: 403 });
    }
    expect(await post({ odd: true }, 'nobody', path)).toMatchObject({ status: 401 });
  }
  expect(await post({}, tokens.checks, '/v1/alerts/sources/unknown')).toMatchObject({ status: 403 });
  const opened = (await client.incidents({ query: { ongoing: 'true' } }, options)).incidents.length;
  expect(opened).toBeGreaterThan(0);

  const { incident } = await post(check, tokens.checks, '/v1/alerts/sources/checks');
  const ended = await post({ ...check, state: 'up' }, tokens.checks, '/v1/alerts/sources/checks');
  expect([ended.status, ended.incident]).toEqual([200, incident]);
}, 60_000);

it('a post-mortem becomes a change in Git that waits for a yes, once, linked to its incident', async () => {
  const place = mkdtempSync(join(tmpdir(), 'autodevops-postmortems-'));
  onTestFinished(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', place, ...words], { encoding: 'utf8', timeout: 20_000 });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', place], { timeout: 20_000 });
  const tree = execFileSync('git', ['-C', place, 'mktree'], { encoding: 'utf8', input: '', timeout: 20_000 }).trim();
  git(
    'update-ref',
    'refs/heads/main',
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit-tree', tree, '-m', 'Begin').trim(),
  );

  const { client, withKey, post } = await sampleAgent({ repositories: [{ name: 'runbooks', address: place }] });
  const { incident: id } = await post(notice('KubeDeploymentReplicasMismatch', api));
  await until(client, id, ({ causes }) => causes.length > 0);
  await client.resolveIncident({ params: { id }, body: { why: 'Undone.' } }, options);

  const change = await withKey('key-of-the-post-mortem').proposePostMortem(
    { params: { id }, body: { repository: 'runbooks' } },
    options,
  );
  expect(change).toMatchObject({ state: 'waiting', plan: { actions: [{ request: { action: 'open-git-change' } }] } });
  expect(
    (
      await withKey('key-of-the-post-mortem').proposePostMortem(
        { params: { id }, body: { repository: 'runbooks' } },
        options,
      )
    ).id,
  ).toBe(change.id);
  expect((await client.incident({ params: { id } }, options)).links).toEqual([
    { title: 'Post-mortem', target: change.id },
  ]);
  expect((await client.changes({ query: { incident: id } }, options)).changes.map((one) => one.id)).toEqual([
    change.id,
  ]);
  expect((await client.changes({ query: { finding: 'nothing of it' } }, options)).changes).toEqual([]);

  await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, options);
  for await (const { event } of client.watchChange({ params: { id: change.id } }, options)) {
    if (['succeeded', 'failed', 'undone', 'unknown'].includes(event.state)) {
      expect(event.state).toBe('succeeded');
      break;
    }
  }
  const [branch = ''] = git('for-each-ref', '--format=%(refname:short)', 'refs/heads/autodevops').trim().split('\n');
  const file = git('show', `${branch}:postmortems/${new Date().toISOString().slice(0, 10)}-${id}.md`);
  expect(file).toContain('## Timeline');
  expect(file).toContain('Deployment shop/api');
}, 90_000);
