import type { Incident } from '@autodevops/domain/incident/incident';
import type { CommandRun } from '../command.ts';
import { finish } from '../render/change-text.ts';
import { incidentText } from '../render/incident-text.ts';
import { structuredText } from '../render/structured.ts';

/** Prints an incident as the options ask for it. */
export async function showIncident(
  incident: Incident,
  {
    options: { output },
    surroundings,
    look,
  }: Pick<CommandRun<{ readonly output: 'text' | 'json' | 'yaml' }>, 'options' | 'surroundings' | 'look'>,
): Promise<void> {
  surroundings.stdout.write(
    output === 'text'
      ? finish(incidentText(incident, look, new Date(surroundings.now()).toISOString()), look)
      : await structuredText(incident, output),
  );
}
