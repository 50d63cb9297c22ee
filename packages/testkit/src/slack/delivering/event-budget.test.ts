import { expect, it } from 'vitest';
import { receiver } from '../testing/receiver.ts';
import { scene } from '../testing/scene.ts';

it('what is more than an hour’s events is dropped, and the app told once a minute', async () => {
  const { slack, ann, general, team, app } = await scene(
    { events: { perHour: 2 } },
    { requestUrl: (await receiver()).url },
  );
  for (const text of ['one', 'two', 'three', 'four']) slack.person(ann).say(general, text);
  await slack.quiet();
  expect(slack.deliveries.map(({ payload }) => payload['type'])).toEqual([
    'event_callback',
    'event_callback',
    'app_rate_limited',
  ]);
  expect(slack.deliveries[2]?.payload).toMatchObject({
    team_id: team.id,
    api_app_id: app.id,
    minute_rate_limited: expect.any(Number) as number,
  });
  await slack.clock.advance(60_000);
  slack.person(ann).say(general, 'five');
  await slack.quiet();
  expect(slack.deliveries.at(-1)?.payload['type']).toBe('app_rate_limited');
  await slack.clock.advance(60 * 60_000);
  slack.person(ann).say(general, 'six');
  await slack.quiet();
  expect(slack.deliveries.at(-1)?.payload).toMatchObject({ event: { text: 'six' } });
});

it('an app that fails nearly always gets no more events until somebody switches them on', async () => {
  let status = 500;
  const at = await receiver((response) => void response.writeHead(status, { 'x-slack-no-retry': '1' }).end());
  const { slack, ann, general, app } = await scene({ events: { leastAttempts: 10 } }, { requestUrl: at.url });
  for (let count = 0; count < 12; count += 1) {
    slack.person(ann).say(general, `${count}`);
    await slack.quiet();
  }
  expect([slack.areEventsOn(app), at.received.length]).toEqual([false, 10]);
  status = 200;
  slack.switchEventsOn(app);
  slack.person(ann).say(general, 'again');
  await slack.quiet();
  expect([slack.areEventsOn(app), at.received.length]).toEqual([true, 11]);
});
