import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { fakeSlack } from '../../testing/fake-slack.ts';
import { SlackFailure } from '../../slack/slack-failure.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const ann = { id: 'ann', name: 'Ann', accounts: ['slack:T1/U1', 'local:ann'], roles: ['approver'] };
const unknown = new AutoDevOpsError('change.not-allowed', 'You may not.', 'Ask.');
const health = async () => ({ version: '1.0', ready: true, parts: [{ name: 'watch', well: false, says: 'It lags.' }] });
const cluster = async () => ({ name: 'kind', mode: 'local' as const });

describe('a link', () => {
  it('is made by the code, in one word or two, and says who one is now', async () => {
    for (const line of ['/autodevops link ABCDE-FGHJK', '/autodevops link ABCDE- FGHJK']) {
      const agent = fakeAgent({ useLinkCode: async () => ann });
      const {
        answers: [answer],
      } = await say(line, commandHandlers, { agent });
      expect(agent.callsOf('useLinkCode')).toEqual([{ body: { code: 'ABCDE-FGHJK' } }]);
      expectHarmless(answer ?? expect.fail());
      expect(lettersOf(answer ?? expect.fail())).toMatch(/Ann[\s\S]*approver[\s\S]*slack:T1\/U1/);
    }
  });

  it('without a code is explained, with the account that an administrator would add', async () => {
    const {
      answers: [answer],
    } = await say('/autodevops link', commandHandlers);
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toMatch(/people link[\s\S]*slack:T1\/U1/);
  });

  it('without a code is made by the e-mail address that the customer lets link accounts', async () => {
    const agent = fakeAgent({ linkByEmail: async () => ann });
    const {
      answers: [answer],
    } = await say('/autodevops link', commandHandlers, { agent, vouchedEmail: 'ann@acme.example' });
    expect(agent.callsOf('linkByEmail')).toHaveLength(1);
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toMatch(/You are Ann[\s\S]*slack:T1\/U1/);
  });

  it('that the address does not make is told why, and how else to be linked', async () => {
    const agent = fakeAgent({
      linkByEmail: async () => {
        throw new AutoDevOpsError('change.not-allowed', 'Nobody here has ann@acme.example.', 'Ask.');
      },
    });
    const {
      answers: [answer],
    } = await say('/autodevops link', commandHandlers, { agent, vouchedEmail: 'ann@acme.example' });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toMatch(/Nobody here has ann@acme\.example\.[\s\S]*people link/);
  });

  it('is never shared with a channel', async () => {
    const {
      answers: [answer],
    } = await say('/autodevops link ABCDE-FGHJK --share', commandHandlers, {
      agent: fakeAgent({ useLinkCode: async () => ann }),
    });
    expect(answer?.isShared).toBeUndefined();
  });

  it('that the agent refuses is told as the agent tells it', async () => {
    const agent = fakeAgent({
      useLinkCode: async () => {
        throw unknown;
      },
    });
    expect(await failureOf('/autodevops link WRONG-WRONG', commandHandlers, { agent })).toBe(unknown);
  });

  it('is taken back by its owner', async () => {
    const agent = fakeAgent({ removeAccount: async () => ann });
    await say('/autodevops unlink', commandHandlers, { agent });
    expect(agent.callsOf('removeAccount')).toEqual([{ params: { account: 'slack:T1/U1' } }]);
  });
});

describe('who one is', () => {
  it('is the person, the roles, the account and the home workspace', async () => {
    const {
      answers: [answer],
    } = await say('/autodevops whoami', commandHandlers, {
      agent: fakeAgent({ people: async () => ({ people: [ann] }) }),
    });
    expect(lettersOf(answer ?? expect.fail())).toMatch(
      /Ann[\s\S]*approver[\s\S]*slack:T1\/U1[\s\S]*T1[\s\S]*local:ann[\s\S]*acme/,
    );
  });

  it('of an account that nobody has is nobody', async () => {
    for (const agent of [
      fakeAgent({
        people: async () => {
          throw unknown;
        },
      }),
      fakeAgent({ people: async () => ({ people: [{ ...ann, accounts: ['slack:T1/U9'] }] }) }),
    ]) {
      expect(
        lettersOf((await say('/autodevops whoami', commandHandlers, { agent })).answers[0] ?? expect.fail()),
      ).toContain('You are linked to nobody yet.');
    }
  });
});

describe('the doctor', () => {
  it('tells of the account, the channel and the agent with what is not well', async () => {
    const {
      answers: [answer],
    } = await say('/autodevops doctor', commandHandlers, {
      agent: fakeAgent({ people: async () => ({ people: [ann] }), health, cluster }),
    });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toMatch(
      /1 thing needs attention[\s\S]*You are Ann[\s\S]*I am here[\s\S]*Version 1\.0[\s\S]*It lags\./,
    );
  });

  it('tells as much as can be found out where the agent and Slack say nothing', async () => {
    const slack = fakeSlack();
    slack.failNext('channel', new SlackFailure('refused', 'channel_not_found'));
    const gone = async (): Promise<never> => {
      throw new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', 'Start it.');
    };
    const {
      answers: [answer],
    } = await say('/autodevops doctor', commandHandlers, {
      slack,
      agent: fakeAgent({ people: gone, health: gone, cluster: gone }),
    });
    expect(lettersOf(answer ?? expect.fail())).toMatch(
      /3 things need attention[\s\S]*does not answer[\s\S]*channel_not_found[\s\S]*does not answer/,
    );
  });

  it('tells somebody whom the agent does not know to link his account, and no second thing that follows from it', async () => {
    const stranger = async (): Promise<never> => {
      throw new AutoDevOpsError('change.not-allowed', 'Carl may not read here.', 'Ask for the role.');
    };
    const {
      answers: [answer],
    } = await say('/autodevops doctor', commandHandlers, {
      agent: fakeAgent({ people: stranger, health: stranger, cluster: stranger }),
    });
    expect(lettersOf(answer ?? expect.fail())).toMatch(/1 thing needs attention[\s\S]*linked to nobody/);
    expect(lettersOf(answer ?? expect.fail())).not.toContain('Ask for the role.');
  });

  it('names a channel that another company reads', async () => {
    const slack = fakeSlack();
    slack.setChannel({ id: 'C1', isShared: true });
    const {
      answers: [answer],
    } = await say('/autodevops doctor', commandHandlers, {
      slack,
      agent: fakeAgent({ people: async () => ({ people: [ann] }), health, cluster }),
    });
    expect(lettersOf(answer ?? expect.fail())).toContain('Another company reads here.');
  });
});

it('the customer that is served is named, and that no plane is connected', async () => {
  const {
    answers: [answer],
  } = await say('/customer show', commandHandlers, { agent: fakeAgent({ cluster }) });
  expectHarmless(answer ?? expect.fail());
  expect(lettersOf(answer ?? expect.fail())).toMatch(/acme[\s\S]*kind[\s\S]*No plane is connected/);
});
