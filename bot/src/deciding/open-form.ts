import type { ModalView } from '@slack/types';
import type { Surroundings } from '../handling/handler.ts';
import { noForm, waitingForm } from '../rendering/forms/timeline-form.ts';
import type { Click } from './click.ts';

/**
 * Opens a form. What opens it lives for three seconds, so an empty one comes first, and what it asks when that is
 * known. When it cannot be known, the window says so and what was thrown is thrown.
 */
export async function openForm(
  { trigger_id: trigger }: Click,
  title: string,
  make: () => Promise<ModalView>,
  { slack, signal }: Surroundings,
): Promise<void> {
  const view = await slack.openView(trigger, waitingForm(title), signal);
  const form = await make().catch(async (error: unknown) => {
    await slack.updateView(
      view,
      noForm(title, error instanceof Error ? error.message : 'This cannot be done now.'),
      signal,
    );
    throw error;
  });
  await slack.updateView(view, form, signal);
}
