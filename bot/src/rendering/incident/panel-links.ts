import type { KnownBlock } from '@slack/types';
import type { Incident } from '@autodevops/domain/incident/incident';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { bold, line, linkTo, richText, words } from '../text/rich-text.ts';

/** Which panel of an incident a button is about: its place among them, from 1. */
export function readPanelValue(value: string): { readonly id: string; readonly panel: number } | undefined {
  const [, id, panel] = /^(inc-[a-z0-9]{6,32}) panel (\d{1,2})$/.exec(value) ?? [];
  return id === undefined ? undefined : { id, panel: Number(panel) };
}

/** Where the causes can be seen in Grafana, with a button for a picture of the first panel; nothing where nothing is known to show them. */
export function panelBlocks({ id, panels = [] }: Incident): readonly KnownBlock[] {
  if (panels.length === 0) return [];
  const place = panels.findIndex(({ isPanel }) => isPanel);
  const links = panels.flatMap(({ title, link }, index) => [
    index === 0 ? undefined : words(' · '),
    linkTo(link, title),
  ]);
  return [
    ...richText(line(bold('In Grafana: '), ...links)),
    ...buttons(button(actionIds.showPanel, 'Show graph', place === -1 ? undefined : `${id} panel ${place + 1}`)),
  ];
}
