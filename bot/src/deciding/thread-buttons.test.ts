import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Handler } from '../handling/handler.ts';
import { registryOf } from '../handling/registry.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { after, changeSample, diagnosed, incidentSample } from '../threads/testing/incident-samples.ts';
import { decidingHandlers } from './registry.ts';
import { agentWith, click, memoryStore, stands, wantedText, work } from './testing/clicks.ts';

const registry = registryOf(decidingHandlers);
const incident = incidentSample({
  ...diagnosed,
  timeline: [{ number: 1, type: 'opened', time: after(0), source: 'Alertmanager', says: 'Opened by 1 alert.' }],
});
const change = changeSample();

function named(name: string): Handler {
  const found = registry.find(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function form(subject: Record<string, string>, fields: Record<string, string>): Record<string, unknown> {
  const values = Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [
      id,
      { [id]: ['severity', 'state'].includes(id) ? { selected_option: { value } } : { value } },
    ]),
  );
  return { type: 'view_submission', view: { private_metadata: JSON.stringify(subject), state: { values } } };
}

describe('taking an incident up', () => {
  it('acknowledges it, or makes who clicked its commander', async () => {
    const agent = fakeAgent({
      incident: async () => incident,
      acknowledgeIncident: async () => incident,
      assignIncident: async () => incident,
    });
    await work(named('action.acknowledge-incident'), click(incident.id), { store: memoryStore(), agent });
    await work(named('action.assign-me'), click(incident.id), { store: memoryStore(), agent });
    expect(agent.callsOf('acknowledgeIncident')).toEqual([{ params: { id: incident.id } }]);
    expect(agent.callsOf('assignIncident')).toEqual([{ params: { id: incident.id }, body: {} }]);
  });

  it('after long tells who does it what happened meanwhile, and only what he has not seen', async () => {
    const store = memoryStore();
    const agent = fakeAgent({ incident: async () => incident, assignIncident: async () => incident });
    const soon = await work(named('action.assign-me'), click(incident.id), {
      store: memoryStore(),
      agent,
      now: after(3),
    });
    expect(soon.slack.callsOf('whisper')).toEqual([]);
    const late = await work(named('action.assign-me'), click(incident.id), { store, agent, now: after(40) });
    expect(JSON.stringify(late.slack.callsOf('whisper'))).toContain('Opened by 1 alert.');
    const again = await work(named('action.assign-me'), click(incident.id), { store, agent, now: after(90) });
    expect(again.slack.callsOf('whisper')).toEqual([]);
  });
});

describe('a form of the thread', () => {
  it('opens before the agent is asked, since what opens it lives for three seconds', async () => {
    const order: string[] = [];
    const agent = fakeAgent({
      incident: async () => {
        order.push('agent');
        return incident;
      },
    });
    const { slack } = await work(named('action.resolve-incident'), click(incident.id), { store: memoryStore(), agent });
    expect([slack.calls.map(({ method }) => method), order]).toEqual([['openView', 'updateView'], ['agent']]);
  });

  it('that cannot be filled says why in its window', async () => {
    const agent = fakeAgent({
      incident: async () => {
        throw new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', '');
      },
    });
    const { slack, error } = await work(named('action.set-severity'), click(incident.id), {
      store: memoryStore(),
      agent,
    });
    expect(error?.code).toBe('agent.unreachable');
    expect(JSON.stringify(slack.callsOf('updateView'))).toContain('The agent does not answer.');
  });

  it('does what was entered in the name of who sent it', async () => {
    const agent = fakeAgent({
      incident: async () => incident,
      setIncidentSeverity: async () => incident,
      resolveIncident: async () => incident,
      updateIncident: async () => incident,
    });
    await work(named('view.set-severity'), form({ incident: incident.id }, { severity: 'sev1', why: 'All of them.' }), {
      store: memoryStore(),
      agent,
    });
    await work(named('view.resolve-incident'), form({ incident: incident.id }, { why: 'The tag is back.' }), {
      store: memoryStore(),
      agent,
    });
    await work(
      named('view.update-incident'),
      form({ incident: incident.id }, { says: 'We look.', state: 'open', task: '' }),
      { store: memoryStore(), agent },
    );
    expect(agent.callsOf('setIncidentSeverity')).toEqual([
      { params: { id: incident.id }, body: { severity: 'sev1', why: 'All of them.' } },
    ]);
    expect(agent.callsOf('resolveIncident')).toEqual([
      { params: { id: incident.id }, body: { why: 'The tag is back.' } },
    ]);
    expect(agent.callsOf('updateIncident')).toEqual([{ params: { id: incident.id }, body: { says: 'We look.' } }]);
  });

  it('whose subject was tampered with does nothing', async () => {
    for (const [name, subject] of [
      ['view.set-severity', { incident: 'chg-aaaaaa' }],
      ['view.resolve-incident', {}],
      ['view.reject-change', { change: '../../x' }],
      ['view.update-incident', { incident: incident.id, channel: 'javascript:x' }],
    ] as const) {
      const agent = fakeAgent({});
      const refused = await work(named(name), form(subject, { why: 'x', severity: 'sev1', says: 'x' }), {
        store: memoryStore(),
        agent,
      });
      expect([refused.error?.code, agent.calls.length]).toEqual(['usage', 0]);
    }
  });

  it('lacking what it needs is told beside its field', () => {
    for (const [name, field] of [
      ['view.reject-change', 'why'],
      ['view.resolve-incident', 'why'],
      ['view.ask-about', 'question'],
      ['view.update-incident', 'says'],
      ['view.set-severity', 'severity'],
    ] as const) {
      const one = named(name);
      expect(Object.keys(one.fieldErrors?.(one.payload.parse(form({}, {}))) ?? {})).toEqual([field]);
    }
  });
});

describe('a no', () => {
  it('asks for its reason first, then is said in the name of who sent it, and the card has no buttons any more', async () => {
    const store = memoryStore();
    const card = `acme/change/${change.id}/card`;
    await stands(store, { key: card, ts: '1.1' });
    const asking = await work(named('action.reject-change'), click(change.id), { store, agent: agentWith(change) });
    expect(JSON.stringify(asking.slack.callsOf('updateView'))).toContain('reject-change');
    const rejected = changeSample({ state: 'rejected', says: 'Ann said no: too risky.', sequence: 3 });
    const agent = agentWith(rejected, { reject: async () => rejected });
    await work(
      named('view.reject-change'),
      form({ change: change.id, channel: 'C1', message: '1.1' }, { why: 'too risky' }),
      { store, agent },
    );
    expect(agent.callsOf('reject')).toEqual([{ params: { id: change.id }, body: { why: 'too risky' } }]);
    expect(await wantedText(store, card)).toContain('too risky');
    expect(await wantedText(store, card)).not.toContain('approve-change');
  });

  it('that comes too late is told, and the card says what was decided', async () => {
    const store = memoryStore();
    const card = `acme/change/${change.id}/card`;
    await stands(store, { key: card, ts: '1.1' });
    const agent = agentWith(changeSample({ state: 'succeeded', says: 'The finding is gone.', sequence: 9 }), {
      reject: async () => {
        throw new AutoDevOpsError('change.wrong-state', 'It is done.', '');
      },
    });
    expect(
      (await work(named('view.reject-change'), form({ change: change.id }, { why: 'no' }), { store, agent })).error
        ?.message,
    ).toBe('It is done.');
    expect(await wantedText(store, card)).toContain('The finding is gone.');
  });
});

describe('an undo', () => {
  it('of what is done is a new proposal, which comes into the thread of the same incident', async () => {
    const store = memoryStore();
    await stands(store, { key: `acme/change/${change.id}/card`, ts: '1.1' });
    await store.notes.swap('acme', `change/${change.id}`, undefined, {
      incident: incident.id,
      isOver: true,
      updatedAt: after(1),
    });
    const back = changeSample({ id: 'chg-undo00000000' });
    const agent = agentWith(changeSample({ state: 'succeeded' }), {
      undo: async () => back,
      updateIncident: async () => incident,
    });
    await work(named('action.undo-change'), click(change.id), { store, agent });
    expect(agent.callsOf('updateIncident')).toMatchObject([
      { params: { id: incident.id }, body: { link: { target: back.id } } },
    ]);
  });
});

describe('a post-mortem', () => {
  it('comes as a file into the thread, once however often the click is worked on', async () => {
    const store = memoryStore();
    const agent = fakeAgent({
      incident: async () => incident,
      postMortem: async () => ({ markdown: '# Post-mortem' }),
    });
    const first = await work(named('action.show-postmortem'), click(incident.id), { store, agent });
    expect(first.slack.callsOf('upload')).toMatchObject([[{ channel: 'C1', threadTs: '1.0', text: '# Post-mortem' }]]);
    const again = await work(named('action.show-postmortem'), click(incident.id), { store, agent });
    expect(again.slack.callsOf('upload')).toEqual([]);
    await store.notes.swap('acme', 'upload/Ev2', undefined, { at: '' });
    const second = await work(named('action.show-postmortem'), click(incident.id), {
      store,
      agent,
      event: { id: 'Ev2' },
    });
    expect(second.slack.callsOf('upload')).toEqual([]);
  });

  it('that Slack did not take the first time is sent the second time', async () => {
    const store = memoryStore();
    const agent = fakeAgent({
      incident: async () => incident,
      postMortem: async () => ({ markdown: '# Post-mortem' }),
    });
    const slack = fakeSlack();
    slack.failNext('upload', new SlackFailure('later', 'ratelimited'));
    await expect(work(named('action.show-postmortem'), click(incident.id), { store, agent, slack })).rejects.toThrow(
      'ratelimited',
    );
    await work(named('action.show-postmortem'), click(incident.id), { store, agent, slack });
    expect(slack.callsOf('upload')).toHaveLength(2);
    expect(slack.callsOf('whisper')).toHaveLength(1);
  });
});

describe('a panel of Grafana', () => {
  const button = `${incident.id} panel 1`;
  const drawn = (png?: string) =>
    fakeAgent({
      incident: async () => incident,
      incidentPicture: async () => ({
        title: 'Memory',
        link: 'https://grafana.example/d/abc',
        ...(png === undefined ? {} : { png }),
      }),
    });

  it('comes as a picture into the thread', async () => {
    const agent = drawn(Buffer.from('a picture').toString('base64'));
    const { slack } = await work(named('action.show-panel'), click(button), { store: memoryStore(), agent });
    expect(agent.callsOf('incidentPicture')).toEqual([{ params: { id: incident.id, panel: 1 } }]);
    expect(slack.callsOf('upload')).toMatchObject([
      [
        {
          channel: 'C1',
          threadTs: '1.0',
          name: `${incident.id}-panel-1.png`,
          title: 'Memory',
          png: Buffer.from('a picture'),
        },
      ],
    ]);
  });

  it('that Grafana does not draw is a way to it, for who asked', async () => {
    const { slack } = await work(named('action.show-panel'), click(button), { store: memoryStore(), agent: drawn() });
    expect(slack.callsOf('upload')).toEqual([]);
    expect(JSON.stringify(slack.callsOf('whisper'))).toContain('https://grafana.example/d/abc');
  });
});

describe('every button of a thread', () => {
  it('with the id of something in another thread asks the agent nothing', async () => {
    const store = memoryStore();
    await stands(store, { key: 'acme/incident/inc-other000/root', ts: '1.1' });
    const buttons = decidingHandlers.filter(({ name }) => name.startsWith('action.'));
    for (const button of buttons) {
      for (const value of [
        incident.id,
        `${incident.id} 0`,
        `${incident.id} panel 1`,
        change.id,
        `${change.id} ${change.digest}`,
        '',
        'nonsense',
      ]) {
        const agent = fakeAgent({});
        const refused = await work(button, click(value), { store, agent });
        expect([button.name, value, refused.error?.code, agent.calls.length]).toEqual([
          button.name,
          value,
          'change.refused',
          0,
        ]);
      }
    }
    expect(buttons.length).toBeGreaterThan(10);
  });
});
