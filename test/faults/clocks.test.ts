import { describe, expect } from 'vitest';
import { diagnosisOf } from './diagnosis-json.ts';
import { passOn } from './pass-on.ts';
import { it } from './scene.ts';
import type { Scene } from './scene.ts';
import { crashingPod, moment, namespaceObject, podEvent, runningPod, smallCluster } from './small-cluster.ts';

const look = ['diagnose', '-o', 'json'];
const hour = 3_600_000;

type Raw = Readonly<Record<string, unknown>>;

function spot(away: string): unknown {
  return {
    what: 'a common clock',
    why: `The clock of the API server is ${away} the reading machine's; ages are counted by the API server's.`,
    remedy: 'Set both by NTP: until when a certificate or a token is valid is read from them.',
  };
}

/** A cluster all of whose clocks differ from this machine's by so many milliseconds. */
async function inAnotherTime(scene: Scene, away: number, objects: readonly Raw[]): Promise<void> {
  const shifted = (text: string): string =>
    text.replaceAll(
      /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g,
      (time) => `${new Date(Date.parse(time) + away).toISOString().slice(0, 19)}Z`,
    );
  const replay = await scene.replay(smallCluster(objects));
  await scene.http((request, response) => {
    response.setHeader('Date', new Date(Date.now() + away).toUTCString());
    passOn(replay.url + (request.url ?? ''), response, shifted);
  });
}

function negativeAges(stdout: string): readonly string[] {
  return stdout.match(/-\d+(?:\.\d+)?\s?(?:s|m|h|d|min|minutes)\b/g) ?? [];
}

describe.concurrent('clocks that disagree', () => {
  for (const [away, told] of [
    [-hour, '60 minutes behind'],
    [3 * hour, '3 h ahead of'],
    [-75_000, '75 s behind'],
  ] as const) {
    it(`the API server's is ${told} ours, which is said, and every age is by the server's`, async ({ scene }) => {
      await inAnotherTime(scene, away, [crashingPod('web-1'), podEvent('e', 'web-1')]);
      const ran = await scene.run(look);
      const { observed, causes, blindSpots } = diagnosisOf(ran);
      expect([ran.code, causes.map(({ object }) => object.name)]).toEqual([1, ['web-1']]);
      // A header of whole seconds, written a moment before it is read.
      expect(['74', '75', '76', '77'].map((seconds) => spot(told.replace('75', seconds)))).toContainEqual(
        blindSpots[0],
      );
      expect(Math.abs(Date.parse(observed.capturedAt) - away - Date.now())).toBeLessThan(60_000);
      const text = await scene.run(['diagnose', '-v']);
      expect(text.stdout.replaceAll(/\s+/g, ' ')).toMatch(
        / \? a common clock: The clock of the API server is \d+ (?:s|minutes|h) (?:ahead of|behind) the reading machine's; ages are counted by the API server's\. Set both by NTP/,
      );
      expect(negativeAges(text.stdout)).toEqual([]);
    });
  }

  it('by less than a minute are no word worth, and no reason to doubt', async ({ scene }) => {
    await inAnotherTime(scene, 40_000, [runningPod('web-1')]);
    const ran = await scene.run(look);
    const { verdict, blindSpots } = diagnosisOf(ran);
    expect([verdict, ran.code, blindSpots]).toEqual(['healthy', 0, []]);
  });

  it('alone make nothing unhealthy', async ({ scene }) => {
    await inAnotherTime(scene, 26 * hour, [runningPod('web-1')]);
    const ran = await scene.run(look);
    expect([diagnosisOf(ran).verdict, ran.code, diagnosisOf(ran).blindSpots]).toEqual([
      'healthy',
      0,
      [spot('26 h ahead of')],
    ]);
  });

  it('are told when watching too, once', async ({ scene }) => {
    await inAnotherTime(scene, 2 * hour, [runningPod('web-1')]);
    const running = scene.start(['diagnose', '--watch']);
    await running.says('Watching.', 60);
    running.send('SIGINT');
    const ran = await running.ended;
    expect([0, 2]).toContain(ran.code);
    expect(`${ran.stdout}${ran.stderr}`.match(/The clock of the API server is 2 h ahead of/g)).toHaveLength(1);
  });

  it('of whoever wrote the objects: events and starts that are yet to come have no negative age', async ({ scene }) => {
    const pod = crashingPod('web-1');
    const event = { ...podEvent('e', 'web-1'), firstTimestamp: moment(3000), lastTimestamp: moment(3600) };
    await scene.replay(
      smallCluster([
        { ...pod, metadata: { ...(pod['metadata'] as Raw), creationTimestamp: moment(7200) } },
        event,
        { ...namespaceObject('later'), metadata: { name: 'later', creationTimestamp: moment(86_400) } },
      ]),
    );
    const ran = await scene.run(['diagnose', '-v']);
    expect(ran.code).toBe(1);
    for (const args of [
      ['diagnose', '-v'],
      ['changes', '--since', '5h'],
      ['ask', 'what restarts most?'],
    ]) {
      const { stdout } = await scene.run(args);
      expect(negativeAges(stdout)).toEqual([]);
      expect(stdout).not.toMatch(/NaN|Invalid Date|undefined/);
    }
  });
});
