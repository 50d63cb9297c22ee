import { panelsOf } from '@autodevops/agent-core/incidents/diagnosing/panels-of';
import type { IncidentPanel } from '@autodevops/agent-core/incidents/diagnosing/panels-of';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Dashboard } from '@autodevops/domain/incident/dashboard';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { PanelPlace, Panels } from '@autodevops/domain/ports/signals';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

/** Grafana, and where in it causes of incidents can be seen. */
export interface ShownPanels {
  readonly panels: Pick<Panels, 'link' | 'picture'>;
  readonly dashboards: readonly Dashboard[];
}

/** In pixels, as Slack and an editor show it well; and in milliseconds. */
const size = { width: 1000, height: 500 };
const longest = 25_000;

function isOfPanel(place: PanelPlace): place is PanelPlace & { readonly panel: number } {
  return place.panel !== undefined;
}

function shownAs(
  { title, place }: IncidentPanel,
  panels: Pick<Panels, 'link'>,
): NonNullable<Incident['panels']>[number] {
  return { title, link: panels.link(place), isPanel: isOfPanel(place) };
}

/** The incident with where its causes can be seen. */
export function withPanels(incident: Incident, shown: ShownPanels | undefined): Incident {
  const found =
    shown === undefined ? [] : panelsOf(incident, shown.dashboards).map((panel) => shownAs(panel, shown.panels));
  return found.length === 0 ? incident : { ...incident, panels: found };
}

/** One of them as a picture. Throws `object.not-found` where there is no such panel, and `signals.*`. */
export async function pictureOf(
  incident: Incident,
  number: number,
  shown: ShownPanels | undefined,
  signal: AbortSignal,
): Promise<AnswerOf<Endpoints['incidentPicture']>> {
  const panel = shown === undefined ? undefined : panelsOf(incident, shown.dashboards)[number - 1];
  if (shown === undefined || panel === undefined || !isOfPanel(panel.place)) {
    throw new AutoDevOpsError(
      'object.not-found',
      `${incident.id} has no panel ${number} of which there is a picture.`,
      'See which it has with its panels.',
    );
  }
  const { title, link } = shownAs(panel, shown.panels);
  const png = await shown.panels.picture(panel.place, size, { signal, deadline: longest });
  return { title, link, ...(png === undefined ? {} : { png: Buffer.from(png).toString('base64') }) };
}
