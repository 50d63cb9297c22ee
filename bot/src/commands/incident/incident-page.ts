import type { Surroundings } from '../../handling/handler.ts';
import { sentenceMessage } from '../../rendering/answer/sentence-message.ts';
import { incidentList } from '../../rendering/incident/incident-list.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';

const most = 20;

/** Which incidents a page shows: all, or those that go on; the newest, or those older than one. */
export interface IncidentPage {
  readonly all: boolean;
  readonly before?: string;
}

/** What the button for older ones carries. */
export function pageValue({ all, before = '' }: IncidentPage): string {
  return `incidents ${all ? 'all' : 'ongoing'} ${before}`;
}

export function readPageValue(value: string): IncidentPage | undefined {
  const [, which, before] = /^incidents (all|ongoing) (inc-[a-z0-9]{6,32})$/.exec(value) ?? [];
  return before === undefined ? undefined : { all: which === 'all', before };
}

/** One page, with a button for the next where there may be one. */
export async function incidentPage(
  { all, before }: IncidentPage,
  { agent, signal }: Pick<Surroundings, 'agent' | 'signal'>,
): Promise<SlackMessage> {
  const { incidents } = await agent.incidents(
    { query: { ongoing: all ? 'false' : 'true', limit: most, ...(before === undefined ? {} : { before }) } },
    { signal },
  );
  if (incidents.length === 0 && before === undefined) {
    return sentenceMessage(
      all ? 'There was no incident yet.' : 'No incident is open.',
      'Open one: /incident open "what is wrong".',
    );
  }
  const last = incidents.length < most ? undefined : incidents.at(-1)?.id;
  return incidentList(incidents, last === undefined ? undefined : pageValue({ all, before: last }));
}
