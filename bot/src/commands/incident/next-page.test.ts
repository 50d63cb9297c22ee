import { expect, it } from 'vitest';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { scene } from '../../testing/surroundings.ts';
import { incidentPage } from './incident-page.ts';
import { nextPage } from './next-page.ts';

const line = (number: number) => ({
  id: `inc-aaaaaa${String(number).padStart(6, '0')}`,
  state: 'open' as const,
  title: `Incident ${number}`,
  severity: 'sev3' as const,
  openedAt: '2027-01-15T08:00:00.000Z',
  updatedAt: '',
  summary: '',
  returns: 0,
  firing: 0,
});
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(index));
const click = (value: string): unknown =>
  nextPage.payload.parse({
    trigger_id: 't',
    response_url: 'https://hooks.slack.com/actions/1',
    container: { type: 'message', is_ephemeral: true },
    actions: [{ value }],
  });

it('a full page leads to older ones, a shorter one to none', async () => {
  const page = async (count: number): Promise<string> =>
    JSON.stringify(
      await incidentPage(
        { all: true },
        scene({ agent: fakeAgent({ incidents: async () => ({ incidents: lines(count) }) }) }).surroundings,
      ),
    );
  expect(await page(20)).toContain('"value":"incidents all inc-aaaaaa000019"');
  expect(await page(19)).not.toContain('next-page');
});

it('the button shows what is older than the last one, to who clicked', async () => {
  const agent = fakeAgent({ incidents: async () => ({ incidents: lines(1) }) });
  const { surroundings, slack } = scene({ agent });
  await nextPage.handle(click('incidents ongoing inc-aaaaaa000019'), surroundings);
  expect(agent.callsOf('incidents')).toEqual([{ query: { ongoing: 'true', limit: 20, before: 'inc-aaaaaa000019' } }]);
  expect(slack.callsOf('respond')).toHaveLength(1);
});

it('another value than ours is refused', async () => {
  await expect(nextPage.handle(click('people all inc-aaaaaa000019'), scene().surroundings)).rejects.toMatchObject({
    code: 'change.refused',
  });
});
