import type { Incident } from '@autodevops/domain/incident/incident';
import { isOngoing } from '@autodevops/domain/incident/incident';
import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { oneLine } from '@autodevops/domain/printable';
import { incidentText } from '../documents/incident-text.ts';
import { t } from '../language/translate.ts';
import type { WindowParts } from '../window-parts.ts';
import { chooseIncident } from './choose-incident.ts';
import type { CommandHandler } from './command.ts';

function severitySays(severity: IncidentSeverity): string {
  const says: Readonly<Record<IncidentSeverity, string>> = {
    sev1: t('Nobody can use it.'),
    sev2: t('Many notice it.'),
    sev3: t('Some notice it.'),
    sev4: t('Hardly anybody notices it.'),
  };
  return says[severity];
}

async function entered({ people }: WindowParts, title: string, prompt: string): Promise<string | undefined> {
  const text = await people.enter({
    title,
    prompt,
    check: (one) => (one.trim() === '' ? t('Say something.') : undefined),
  });
  return text?.trim();
}

function tell({ people, incidents }: WindowParts, { title, state }: Incident): void {
  incidents.follow();
  people.whisper(t('{0}: {1}', oneLine(title, 100), state));
}

export const openIncident: CommandHandler = async (parts, _argument, signal) => {
  const title = await entered(parts, t('Open Incident'), t('What is wrong, in the words of those who notice it?'));
  if (title === undefined) return;
  const severity = await parts.people.pick(
    IncidentSeverity.options.map((one) => ({ label: one, detail: severitySays(one), value: one })),
    { title: t('How bad is it?') },
  );
  if (severity === undefined) return;
  tell(parts, await (await parts.client(signal)).openIncident({ body: { title, severity } }, { signal }));
};

async function show(parts: WindowParts, id: string, signal: AbortSignal): Promise<void> {
  const incident = await (await parts.client(signal)).incident({ params: { id } }, { signal });
  await parts.documents.show({ path: `incidents/${id}.txt`, language: 'autodevops', text: incidentText(incident) });
}

export const showIncident: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseIncident(parts, argument, t('Show Incident'), signal, () => true);
  if (id !== undefined) await show(parts, id, signal);
};

export const acknowledgeIncident: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseIncident(parts, argument, t('Acknowledge Incident'), signal, ({ state }) => state === 'open');
  if (id !== undefined) {
    tell(parts, await (await parts.client(signal)).acknowledgeIncident({ params: { id } }, { signal }));
  }
};

export const takeIncident: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseIncident(parts, argument, t('Take Command of Incident'), signal);
  if (id !== undefined) {
    tell(
      parts,
      await (await parts.client(signal)).assignIncident({ params: { id }, body: { role: 'commander' } }, { signal }),
    );
  }
};

/** What there is to say, and where there is something new, how it stands. */
export const updateIncident: CommandHandler = async (parts, argument, signal) => {
  const title = t('Update Incident');
  const id = await chooseIncident(parts, argument, title, signal, ({ state }) => state !== 'merged');
  const says =
    id === undefined
      ? undefined
      : await entered(parts, title, t('How does it stand? Everybody who follows it reads this.'));
  if (id === undefined || says === undefined) return;
  const client = await parts.client(signal);
  const { state } = await client.incident({ params: { id } }, { signal });
  const states = ['investigating', 'mitigating', 'monitoring'] as const;
  const choices = [
    { label: t('As before'), description: state, value: '' as const },
    ...states.filter((one) => one !== state).map((one) => ({ label: one, value: one })),
  ];
  const next = isOngoing({ state }) ? await parts.people.pick(choices, { title: t('Which state is it in?') }) : '';
  if (next === undefined) return;
  tell(
    parts,
    await client.updateIncident(
      { params: { id }, body: { says, ...(next === '' ? {} : { state: next }) } },
      { signal },
    ),
  );
};

const spans = [
  [30, '30 min'],
  [120, '2 h'],
  [480, '8 h'],
  [1440, '1 d'],
] as const;

export const silenceIncident: CommandHandler = async (parts, argument, signal) => {
  const title = t('Silence Incident');
  const id = await chooseIncident(parts, argument, title, signal);
  if (id === undefined) return;
  const minutes = await parts.people.pick(
    [...spans.map(([value, label]) => ({ label, value })), { label: t('End the silence'), value: 0 }],
    { title, prompt: t('For how long is nobody told?') },
  );
  if (minutes === undefined) return;
  const why = minutes === 0 ? '' : await entered(parts, title, t('Why has nobody to be told?'));
  if (why === undefined) return;
  const client = await parts.client(signal);
  tell(
    parts,
    minutes === 0
      ? await client.unsilenceIncident({ params: { id } }, { signal })
      : await client.silenceIncident({ params: { id }, body: { minutes, why } }, { signal }),
  );
};

export const resolveIncident: CommandHandler = async (parts, argument, signal) => {
  const title = t('Resolve Incident');
  const id = await chooseIncident(parts, argument, title, signal);
  const why =
    id === undefined
      ? undefined
      : await entered(parts, title, t('What ended it? Those who read the post-mortem want to know.'));
  if (id !== undefined && why !== undefined) {
    tell(parts, await (await parts.client(signal)).resolveIncident({ params: { id }, body: { why } }, { signal }));
  }
};

export const draftPostMortem: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseIncident(parts, argument, t('Draft Post-Mortem'), signal, ({ state }) => state !== 'merged');
  if (id === undefined) return;
  const { markdown } = await (await parts.client(signal)).postMortem({ params: { id } }, { signal });
  await parts.documents.show({ path: `incidents/${id}.md`, language: 'markdown', text: markdown });
};
