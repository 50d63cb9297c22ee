import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeAgent } from '../testing/fake-agent.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { scene } from '../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../testing/surroundings.ts';
import { changeSample, incidentSample } from '../threads/testing/incident-samples.ts';
import { linkShared } from './link-shared.ts';
import { ownLink } from './own-link.ts';

const bases = ['https://agent.acme.example/', 'https://plane.example/acme'];
const incident = 'https://agent.acme.example/v1/incidents/inc-aaaaaaaaaaaa';

describe('a link of ours', () => {
  it('is one to an incident or a change under an address of the customer', () => {
    expect(ownLink(incident, bases)).toEqual({ kind: 'incident', id: 'inc-aaaaaaaaaaaa' });
    expect(ownLink('https://plane.example/acme/changes/chg-bbbbbbbbbbbb?x=1', bases)).toEqual({
      kind: 'change',
      id: 'chg-bbbbbbbbbbbb',
    });
  });

  it('is none to anybody else', () => {
    for (const address of [
      'https://evil.example/v1/incidents/inc-aaaaaaaaaaaa',
      'https://agent.acme.example.evil.example/v1/incidents/inc-aaaaaaaaaaaa',
      'https://user@agent.acme.example/v1/incidents/inc-aaaaaaaaaaaa',
      'http://agent.acme.example/v1/incidents/inc-aaaaaaaaaaaa',
      'https://agent.acme.example:8443/v1/incidents/inc-aaaaaaaaaaaa',
      'https://plane.example/acmeevil/changes/chg-bbbbbbbbbbbb',
      'https://plane.example/other/changes/chg-bbbbbbbbbbbb',
      'https://agent.acme.example/v1/people',
      'https://agent.acme.example/v1/incidents/inc-aaaaaaaaaaaa/postmortem',
      'javascript:alert(1)',
      'not a link',
      '',
    ]) {
      expect(ownLink(address, bases)).toBeUndefined();
    }
  });
});

describe('under a message with links', () => {
  const handler = linkShared(() => bases);
  const agentOf = () => fakeAgent({ incident: async () => incidentSample(), change: async () => changeSample() });

  async function share(
    urls: readonly string[],
    choice: SceneChoice = {},
    source = 'conversations_history',
  ): Promise<Scene> {
    const made = scene({ agent: agentOf(), ...choice });
    await handler.handle(
      handler.payload.parse({
        event: {
          type: 'link_shared',
          user: 'U1',
          channel: 'C1',
          message_ts: '1800000000.000100',
          source,
          links: urls.map((url) => ({ domain: 'x', url })),
        },
      }),
      made.surroundings,
    );
    return made;
  }

  it('ours are shown in a line, without buttons', async () => {
    const { slack } = await share([incident, 'https://evil.example/x']);
    const [at, unfurls] = slack.callsOf('unfurl')[0] ?? expect.fail();
    expect(at).toEqual({ channel: 'C1', ts: '1800000000.000100' });
    expect(Object.keys(unfurls as object)).toEqual([incident]);
    expect(JSON.stringify(unfurls)).toContain('ShopDown');
    expect(JSON.stringify(unfurls)).not.toContain('"button"');
  });

  it('nothing is shown, and the agent not asked, where there are none of ours', async () => {
    const { slack, agent } = await share(['https://evil.example/v1/incidents/inc-aaaaaaaaaaaa']);
    expect(agent.calls).toEqual([]);
    expect(slack.calls).toEqual([]);
  });

  it('nothing is shown in a channel that another company reads', async () => {
    const slack = fakeSlack();
    slack.setChannel({ id: 'C1', isShared: true });
    const { agent } = await share([incident], { slack });
    expect(agent.calls).toEqual([]);
    expect(slack.callsOf('unfurl')).toEqual([]);
  });

  it('nothing is shown of what one may not read, or what is not there', async () => {
    for (const code of ['change.not-allowed', 'incident.not-found'] as const) {
      const { slack } = await share([incident], {
        agent: fakeAgent({
          incident: async () => {
            throw new AutoDevOpsError(code, 'No.', 'Ask.');
          },
        }),
      });
      expect(slack.callsOf('unfurl')).toEqual([]);
    }
  });

  it('nothing is shown in a message that is not sent yet', async () => {
    expect((await share([incident], {}, 'composer')).slack.calls).toEqual([]);
  });

  it('many links do not fill the channel', async () => {
    const urls = Array.from(
      { length: 60 },
      (_, index) => `https://agent.acme.example/v1/incidents/inc-aaaaaa${String(index).padStart(6, '0')}`,
    );
    const { agent } = await share(urls);
    expect(agent.callsOf('incident')).toHaveLength(5);
  });
});
