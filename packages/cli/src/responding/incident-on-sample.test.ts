import { expect, it } from 'vitest';
import { api, notice, options, sampleAgent, tokens, until } from './testing/sample-agent.ts';

it('an alert becomes one incident with its cause, which a second alert of the same cause joins; it ends with them and leaves a post-mortem', async () => {
  const { client, post } = await sampleAgent();
  const first = await post(notice('KubeDeploymentReplicasMismatch', api));
  expect(first).toEqual({ status: 200, incident: expect.stringMatching(/^inc-[a-z0-9]{12}$/) });

  const known = await until(client, first.incident, ({ causes }) => causes.length > 0);
  expect(known).toMatchObject({
    state: 'open',
    severity: 'sev2',
    origin: 'alert',
    causes: [{ object: { kind: 'Deployment', namespace: 'shop', name: 'api' } }],
  });
  expect(known.timeline.map(({ source }) => source).slice(0, 2)).toEqual(['Alertmanager', 'Jamie']);

  // Another group of alerts, about the same thing.
  const second = await post(notice('KubeDeploymentRolloutStuck', api));
  const joined = await until(client, first.incident, ({ alerts }) => alerts.length === 2);
  expect(await until(client, second.incident, ({ state }) => state === 'merged')).toMatchObject({
    mergedInto: first.incident,
  });
  expect(
    (await client.incidents({ query: { ongoing: 'true' } }, options)).incidents.map(({ id, firing }) => [id, firing]),
  ).toEqual([[joined.id, 2]]);

  expect(await client.assignIncident({ params: { id: joined.id }, body: {} }, options)).toMatchObject({
    state: 'investigating',
    commander: { account: expect.stringMatching(/^local:/) },
  });
  await client.updateIncident(
    { params: { id: joined.id }, body: { task: 'Alert on the port of the database' } },
    options,
  );

  await post(notice('KubeDeploymentReplicasMismatch', api, 'resolved'));
  expect(await client.incident({ params: { id: joined.id } }, options)).toMatchObject({ state: 'investigating' });
  await post(notice('KubeDeploymentRolloutStuck', api, 'resolved'));
  const over = await client.incident({ params: { id: joined.id } }, options);
  expect(over).toMatchObject({
    state: 'resolved',
    metrics: {
      toAcknowledge: expect.any(Number),
      toCause: expect.any(Number),
      toMitigate: expect.any(Number),
      toResolve: expect.any(Number),
    },
  });

  const { markdown } = await client.postMortem({ params: { id: joined.id } }, options);
  expect(markdown).toContain('Deployment shop/api');
  expect(markdown).toContain('- [ ] Alert on the port of the database');
  expect(markdown).toMatch(/\| Resolved: No alert fires any more\. \|/);

  const topics: string[] = [];
  for await (const { event } of client.events({ query: { after: 0 } }, options)) {
    // Scarlet looks for a fix beside all this, sooner or later.
    if (event.subject === joined.id && event.topic !== 'incident.fix-sought') topics.push(event.topic);
    if (event.topic === 'incident.resolved') break;
  }
  expect(topics).toEqual([
    'incident.opened',
    'incident.diagnosed',
    'incident.absorbed',
    'incident.assigned',
    'incident.task-added',
    'incident.alerts-told',
    'incident.alerts-told',
    'incident.resolved',
  ]);
}, 60_000);

it('monitoring shows itself by its own token, which opens no other door, and nobody else tells of alerts', async () => {
  const { client, post, address } = await sampleAgent();
  expect(await post(notice('A', api), 'a-token-of-somebody-else-that-is-long-too')).toMatchObject({ status: 401 });
  expect(await post({ version: '3' })).toMatchObject({ status: 400 });
  for (const path of ['/v1/incidents', '/v1/diagnosis', '/v1/people']) {
    expect(
      (
        await fetch(new URL(path, address), {
          signal: options.signal,
          headers: { authorization: `Bearer ${tokens.alertmanager}` },
        })
      ).status,
    ).toBe(401);
  }
  expect((await client.incidents({}, options)).incidents).toEqual([]);
}, 60_000);
