import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { actionsOf, expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { causeSample, diagnosisSample, webObject } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { changeSample } from '../../threads/testing/incident-samples.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const id = 'chg-bbbbbbbbbbbb';
const cluster = async () => ({ name: 'kind', mode: 'cloud' as const, autonomy: 'production' as const });
const killSwitch = { on: false, by: '', why: '', since: '' };
const undoRollout: ActionRequest = { action: 'rollout-undo', target: webObject, params: {} };
const setEnvironment: ActionRequest = {
  action: 'set-environment',
  target: webObject,
  params: { container: 'web', name: 'DB' },
};

type Tier = 'auto' | 'one' | 'two' | 'forbidden';

function agentOf({ tier = 'two' as Tier, refuses = [] as readonly string[], open = false } = {}): FakeAgent {
  const { plan, decision } = changeSample();
  return fakeAgent({
    cluster,
    fixes: async () => ({
      diagnosis: diagnosisSample(),
      fixes: [
        {
          cause: causeSample(),
          proposals: open ? [] : [undoRollout],
          open: open ? [{ request: setEnvironment, asks: ['value'] }] : [],
          manual: ['Correct the tag.'],
        },
      ],
    }),
    explainDecision: async (given) => {
      const [request] = given.body?.requests ?? [];
      if (refuses.includes(typeof request?.params['value'])) {
        throw new AutoDevOpsError('change.invalid', 'The request is not right.', 'Correct it.');
      }
      return { plan, decision: { ...(decision ?? expect.fail()), tier }, rules: [] };
    },
    propose: async () => changeSample(),
  });
}

describe('a proposal', () => {
  it('is of what would help the cause that is named, and answered with its card', async () => {
    const agent = agentOf();
    const {
      answers: [answer],
    } = await say('/scarlet propose deploy/web -n shop', commandHandlers, { agent });
    expect(agent.callsOf('propose')).toEqual([
      {
        body: {
          requests: [undoRollout],
          reason: 'Image not found: The tag 1.5 is not there.',
          finding: { code: 'pod.image.not-found', kind: 'Deployment', namespace: 'shop', name: 'web' },
        },
      },
    ]);
    expectHarmless(answer ?? expect.fail());
    expect(actionsOf(answer ?? expect.fail())).toContain('approve-change');
  });

  it('that nobody has to agree to is shown first, and done only with --yes', async () => {
    const shy = agentOf({ tier: 'auto' });
    const {
      answers: [answer],
    } = await say('/scarlet propose', commandHandlers, { agent: shy });
    expect(shy.callsOf('propose')).toEqual([]);
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toContain('--yes');
    const bold = agentOf({ tier: 'auto' });
    await say('/scarlet propose --yes', commandHandlers, { agent: bold });
    expect(bold.callsOf('propose')).toHaveLength(1);
  });

  it('that the policy forbids is not proposed, whatever is said', async () => {
    const agent = agentOf({ tier: 'forbidden' });
    const {
      answers: [answer],
    } = await say('/scarlet propose --yes', commandHandlers, { agent });
    expect(agent.callsOf('propose')).toEqual([]);
    expect(lettersOf(answer ?? expect.fail())).toContain('The policy forbids what would help.');
  });

  it('of something where nothing is wrong is no proposal', async () => {
    expect(await failureOf('/scarlet propose deploy/db', commandHandlers, { agent: agentOf() })).toMatchObject({
      code: 'usage',
      message: 'Nothing is wrong there that could be fixed.',
    });
  });

  it('asks for what only a person knows, and takes it', async () => {
    expect(
      await failureOf('/scarlet propose deploy/web', commandHandlers, { agent: agentOf({ open: true }) }),
    ).toMatchObject({ message: 'set-environment needs what only a person can give.', remedy: 'Add --set value=….' });
    const agent = agentOf({ open: true });
    await say('/scarlet propose deploy/web --set “value=postgres:5432”', commandHandlers, { agent });
    expect(agent.callsOf('propose')).toMatchObject([
      {
        body: {
          requests: [{ action: 'set-environment', params: { container: 'web', name: 'DB', value: 'postgres:5432' } }],
        },
      },
    ]);
  });

  it('takes a map as JSON where text is not what the action reads', async () => {
    const agent = agentOf({ open: true, refuses: ['string'] });
    await say('/scarlet propose deploy/web --set \'value={"a":"1"}\'', commandHandlers, { agent });
    expect(agent.callsOf('propose')).toMatchObject([{ body: { requests: [{ params: { value: { a: '1' } } }] } }]);
  });

  it('that cannot be planned tells why', async () => {
    expect(
      await failureOf('/scarlet propose deploy/web --set value=x', commandHandlers, {
        agent: agentOf({ open: true, refuses: ['string'] }),
      }),
    ).toMatchObject({ code: 'change.invalid' });
  });

  it('takes no value that nothing asks for', async () => {
    expect(
      await failureOf('/scarlet propose deploy/web --set other=x', commandHandlers, { agent: agentOf() }),
    ).toMatchObject({ message: 'Nothing that would help here takes other.' });
    expect(
      await failureOf('/scarlet propose deploy/web --set =x', commandHandlers, { agent: agentOf() }),
    ).toMatchObject({ message: '"=x" is not KEY=VALUE.' });
  });
});

describe('words say yes to nothing:', () => {
  it('approve shows the card with its button', async () => {
    const agent = fakeAgent({ cluster, change: async () => changeSample() });
    const {
      answers: [answer],
    } = await say(`/scarlet approve ${id}`, commandHandlers, { agent });
    expect(agent.callsOf('approve')).toEqual([]);
    expect(JSON.stringify(answer)).toContain(`"value":"${id} ${'d'.repeat(64)}"`);
  });

  it('what waits for nobody has no button', async () => {
    const agent = fakeAgent({ cluster, change: async () => changeSample({ state: 'succeeded', says: 'It helped.' }) });
    expect(await failureOf(`/scarlet approve ${id}`, commandHandlers, { agent })).toMatchObject({
      code: 'change.wrong-state',
      message: `${id} does not wait for a yes: It helped.`,
    });
  });

  it('a card is never shared: its buttons are for whom it was shown to', async () => {
    const agent = fakeAgent({ cluster, change: async () => changeSample() });
    const {
      answers: [answer],
    } = await say(`/scarlet show ${id} --share`, commandHandlers, { agent });
    expect(answer?.isShared).toBeUndefined();
  });
});

it('a no and an undo need a reason, and carry it', async () => {
  const agent = fakeAgent({
    cluster,
    reject: async () => changeSample({ state: 'rejected' }),
    undo: async () => changeSample({ state: 'undoing' }),
  });
  await say(`/scarlet reject ${id} We roll back by Git`, commandHandlers, { agent });
  await say(`/scarlet undo ${id} "It made it worse"`, commandHandlers, { agent });
  expect(agent.callsOf('reject')).toEqual([{ params: { id }, body: { why: 'We roll back by Git' } }]);
  expect(agent.callsOf('undo')).toEqual([{ params: { id }, body: { why: 'It made it worse' } }]);
  expect(await failureOf(`/scarlet reject ${id}`, commandHandlers, { agent })).toMatchObject({ message: 'Why not?' });
  expect(await failureOf('/scarlet undo', commandHandlers, { agent })).toMatchObject({ message: 'Which change?' });
});

it('last is the newest change', async () => {
  const agent = fakeAgent({
    cluster,
    change: async () => changeSample(),
    changes: async () => ({
      changes: [
        {
          id,
          state: 'waiting',
          says: '',
          createdAt: '',
          updatedAt: '',
          will: [],
          tier: 'two',
          askedBy: 'Ann',
          yours: false,
          awaitsYou: true,
        },
      ],
    }),
  });
  await say('/scarlet show last', commandHandlers, { agent });
  expect(agent.callsOf('change')).toEqual([{ params: { id } }]);
  expect(await failureOf('/scarlet show chg-../../x', commandHandlers, { agent })).toMatchObject({
    message: '"chg-../../x" is not the id of a change.',
  });
});

describe('the kill switch', () => {
  const agentWith = () =>
    fakeAgent({
      killSwitch: async () => killSwitch,
      setKillSwitch: async (given) => ({
        ...killSwitch,
        on: given.body?.on ?? false,
        by: 'Ann',
        why: given.body?.why ?? '',
      }),
    });

  it('tells how it stands', async () => {
    expect(
      lettersOf(
        (await say('/scarlet kill-switch', commandHandlers, { agent: agentWith() })).answers[0] ?? expect.fail(),
      ),
    ).toContain('The kill switch is off.');
  });

  it('is turned with a reason, and never without', async () => {
    const agent = agentWith();
    const {
      answers: [answer],
    } = await say('/scarlet kill-switch on The registry is down', commandHandlers, { agent });
    expect(agent.callsOf('setKillSwitch')).toEqual([{ body: { on: true, why: 'The registry is down' } }]);
    expect(lettersOf(answer ?? expect.fail())).toContain('The kill switch is on: nothing is executed.');
    expect(await failureOf('/scarlet kill-switch off', commandHandlers, { agent })).toMatchObject({ message: 'Why?' });
    expect(await failureOf('/scarlet kill-switch onn', commandHandlers, { agent })).toMatchObject({
      remedy: 'Write status, on or off.',
    });
    expect(agent.callsOf('setKillSwitch')).toHaveLength(1);
  });
});

it('the status shows what is open', async () => {
  const agent = fakeAgent({
    cluster,
    killSwitch: async () => killSwitch,
    changes: async () => ({
      changes: [
        {
          id,
          state: 'waiting',
          says: '',
          createdAt: '',
          updatedAt: '2027-01-15T08:00:00.000Z',
          will: ['Deployment shop/web goes back.'],
          tier: 'two',
          askedBy: 'Ann',
          yours: false,
          awaitsYou: true,
        },
      ],
    }),
  });
  const {
    answers: [answer],
  } = await say('/scarlet status', commandHandlers, { agent });
  expectHarmless(answer ?? expect.fail());
  expect(lettersOf(answer ?? expect.fail())).toMatch(
    /production[\s\S]*The kill switch is off[\s\S]*1 open change[\s\S]*Deployment shop\/web goes back\./,
  );
});
