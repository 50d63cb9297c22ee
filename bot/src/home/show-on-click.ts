import type { Surroundings } from '../handling/handler.ts';
import { shownView } from '../rendering/forms/shown-view.ts';
import { waitingForm } from '../rendering/forms/timeline-form.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import type { Click } from '../deciding/click.ts';

/** Shows what a click asks for to who clicked: beside the message that he clicked in; from the home, in a window that opens before the agent was asked. */
export async function showOnClick(
  { trigger_id: trigger, response_url: url }: Click,
  title: string,
  make: () => Promise<SlackMessage>,
  { slack, signal }: Surroundings,
): Promise<void> {
  if (url !== undefined) {
    await slack.respond(url, await make(), signal);
    return;
  }
  const view = await slack.openView(trigger, waitingForm(title), signal);
  await slack.updateView(view, shownView(title, await make()), signal);
}
