import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../packages/testkit/src/slack/state/messages.ts';
import type { User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import { seededRandom } from '../agent/seeded-random.ts';
import { patiently } from '../agent/started-agent.ts';
import { apiIsDown } from './incident-scene.ts';
import type { IncidentScene } from './incident-scene.ts';
import { contentOf, postedTwice } from './incident-thread.ts';
import { comes, Killer } from './killer.ts';
import type { Killing } from './killer.ts';

export interface KilledIncident {
  readonly seed: number;
  readonly kills: Readonly<Partial<Record<Killing, number>>>;
  /** What must never be, and was. */
  readonly wrong: readonly string[];
}

interface Pressing {
  readonly by: User;
  readonly action: string;
  /** What the message with the button looks like, and what one looks like when the press has had its effect. */
  readonly on: (text: string) => boolean;
  readonly until: (text: string) => boolean;
}

/**
 * A person presses until Slack says that it arrived, and then not again before he is told that nothing came of it: a
 * press that arrived is answered, by its effect or by a word to him, whoever dies over it.
 */
async function press({ seen }: IncidentScene, killer: Killer, { by, action, on, until }: Pressing): Promise<void> {
  const open = (): readonly Message[] => seen.messages().filter(({ onlyFor }) => onlyFor === undefined);
  // That it is tried again says that the press still counts.
  const toldTo = (): number =>
    seen.toldTo(by).filter(({ text }) => !text.includes('does not answer at the moment')).length;
  const isDone = (): boolean => open().some((message) => until(contentOf(message)));
  const standing = (): string =>
    seen
      .messages()
      .map(({ text }) => text)
      .join('\n');
  while (!isDone()) {
    const before = toldTo();
    const button = (): Message | undefined => open().find((message) => on(contentOf(message)));
    if (!(await comes(killer, () => isDone() || button() !== undefined))) {
      throw new Error(`${by.name} finds no button ${action}; there stands:\n${standing()}`);
    }
    const message = button();
    const isAccepted =
      message !== undefined &&
      (await seen.click(by, message, action).then(
        () => true,
        () => false,
      ));
    if (!isAccepted) await sleep(200);
    else if (!(await comes(killer, () => isDone() || toldTo() > before))) {
      throw new Error(
        `a press was lost: ${by.name} pressed ${action}, and nothing came of it; there stands:\n${standing()}`,
      );
    }
  }
}

async function walk(scene: IncidentScene, killer: Killer): Promise<void> {
  const {
    at: { ann, bob, cid },
    acme,
    seen,
  } = scene;
  const shows = (what: RegExp) => (): boolean => seen.messages().some((message) => what.test(contentOf(message)));
  await acme.alert(apiIsDown);
  // Else Scarlet has done it, or does it after her end.
  if (!scene.proposes) {
    await press(scene, killer, {
      by: ann,
      action: 'run-fix',
      on: (text) => text.includes('"run-fix"'),
      until: (text) => /"header".*(waits for a yes|Approved|Being done|Done)/.test(text),
    });
  }
  await press(scene, killer, {
    by: bob,
    action: 'approve-change',
    on: (text) => text.includes('"approve-change"'),
    until: (text) => text.includes('👍 Bob') || /"header".*(Approved|Being done|Done|unknown|Failed)/.test(text),
  });
  await press(scene, killer, {
    by: cid,
    action: 'approve-change',
    on: (text) => text.includes('"approve-change"'),
    until: (text) => /"header".*(Approved|Being done|Done|unknown|Failed)/.test(text),
  });
  if (!(await comes(killer, shows(/"header".*(Done and verified|Outcome unknown|Failed|Taken back)/)))) {
    throw new Error('the change has no end');
  }
  await acme.alert({ ...apiIsDown, status: 'resolved' });
  if (!(await comes(killer, shows(/Timeline[\s\S]*show-postmortem|show-postmortem[\s\S]*Timeline/)))) {
    throw new Error('the incident has no end');
  }
}

async function judge({ acme, cluster, seen }: IncidentScene): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { changes } = await acme.client.changes({}, patiently);
  if (changes.length !== 1) wrong.push(`${changes.length} changes were proposed`);
  const change =
    changes[0] === undefined ? undefined : await acme.client.change({ params: { id: changes[0].id } }, patiently);
  const yeses = change?.approvals
    .map(({ actor }) => actor.person)
    .toSorted()
    .join();
  if (yeses !== 'bob,cid') wrong.push(`yeses came from ${yeses ?? 'nobody'}`);
  if (cluster.effects.length > 1) wrong.push(`the cluster was changed ${cluster.effects.length} times`);
  if (seen.roots().length !== 1) {
    wrong.push(
      `${seen.roots().length} threads were opened: ${seen
        .roots()
        .map(({ text }) => text)
        .join(' | ')}`,
    );
  }
  const twice = postedTwice(seen.messages());
  if (twice.length > 0) wrong.push(`said twice: ${twice.join(' ')}`);
  const { incidents } = await acme.client.incidents({}, patiently);
  if (incidents.length !== 1 || incidents[0]?.state !== 'resolved') {
    wrong.push(`incidents: ${incidents.map(({ state }) => state).join()}`);
  }
  return wrong;
}

/** An alert, its fix by three people and its end, while the bot and the agent are killed at seeded moments and started again. */
export async function killedIncident(seed: number, scene: IncidentScene): Promise<KilledIncident> {
  const killer = new Killer(scene, seededRandom(seed), await scene.bots.start());
  const killing = killer.run();
  try {
    await walk(scene, killer);
    await killer.hasKilled(3);
  } finally {
    killer.stop();
    await killing;
  }
  // What was on its way arrives.
  await sleep(3000);
  return { seed, kills: killer.kills, wrong: await judge(scene) };
}
