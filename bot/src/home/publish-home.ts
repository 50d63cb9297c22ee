import type { Surroundings } from '../handling/handler.ts';
import { homeView } from '../rendering/home/home-view.ts';
import { homeState } from './home-state.ts';

/** Shows the actor his home as it is now. */
export async function publishHomeOf(surroundings: Surroundings): Promise<void> {
  await surroundings.slack.publishHome(
    surroundings.actor.user.id,
    homeView(await homeState(surroundings)),
    surroundings.signal,
  );
}
