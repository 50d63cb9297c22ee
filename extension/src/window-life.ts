import { actsAgainst, isOfAgent } from './agent/acts-against.ts';
import type { CommandId } from './contributions/commands.ts';
import { failureText } from './language/failure-text.ts';
import type { WindowParts } from './window-parts.ts';

/** What of an agent is followed. */
type Feed = 'problems' | 'objectNews' | 'changes' | 'incidents';
type Watched = Pick<
  WindowParts,
  'clusters' | 'folderConfigs' | 'agent' | Feed | 'wanted' | 'people' | 'settings' | 'log'
>;
export type Following = Pick<WindowParts, 'agent' | Feed>;

function feedsOf({
  problems,
  objectNews,
  changes,
  incidents,
}: Following): readonly Pick<Following[Feed], 'follow' | 'stop' | 'forget' | 'followed'>[] {
  return [problems, objectNews, changes, incidents];
}

/** Follows nothing and lets the agent go. Gives what follows again what was followed. */
export function pauseFollowing(parts: Following): () => void {
  const followed = feedsOf(parts).filter((feed) => feed.followed);
  for (const feed of followed) feed.stop();
  parts.agent.leave();
  return () => {
    for (const feed of followed) feed.follow();
  };
}

/** Begins to follow again what was followed, at another agent: what was seen was of the one before. */
function moveTo(parts: Following): void {
  const goOn = pauseFollowing(parts);
  for (const feed of feedsOf(parts)) feed.forget();
  goOn();
}

/** Moves a window when another agent is wanted: by another context, configuration, setting or trust. Gives what ends it. */
export function followWantedAgent(parts: Watched): () => void {
  let last = JSON.stringify(parts.wanted());
  const look = (): void => {
    const now = JSON.stringify(parts.wanted());
    if (now === last) return;
    last = now;
    moveTo(parts);
  };
  const ends = [parts.clusters.state.subscribe(look), parts.folderConfigs.state.subscribe(look)];
  return () => ends.forEach((end) => end());
}

/** What waits for a person is known as soon as the agent is, whichever views are open: the status bar and notices tell of it. Gives what ends it. */
export function followWithAgent({ agent, changes, incidents }: Following): () => void {
  return agent.state.subscribe(({ kind }) => {
    if (kind !== 'running') return;
    changes.follow();
    incidents.follow();
  });
}

/**
 * Says once for each trouble that the agent does not come back: only a person can help then. That the cluster is away is
 * said where it would be shown, and interrupts nobody.
 */
export function noticeAgent(parts: Watched, run: (command: CommandId) => void): () => void {
  let told = '';
  return parts.agent.state.subscribe((state) => {
    if (state.kind === 'running') told = '';
    if (state.kind === 'restarting') parts.log.warn(`the agent ended and is started again in ${state.delay / 1000} s`);
    if (state.kind !== 'failed' || !isOfAgent(state.error) || state.error.message === told) return;
    told = state.error.message;
    parts.log.error(`${state.error.message} ${state.error.remedy}`);
    if (parts.settings().notifications === 'none') return;
    const acts = actsAgainst(state.error);
    const titles = acts.map(({ title }) => title);
    void parts.people.tell('error', failureText(state.error), titles).then((pressed) => {
      const act = acts.find(({ title }) => title === pressed);
      if (act !== undefined) run(act.command);
    });
  });
}
