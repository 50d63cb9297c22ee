import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { panelUnseen } from '../rendering/incident/panel-unseen.ts';
import { readPanelValue } from '../rendering/incident/panel-links.ts';
import { shown } from '../rendering/text/shown.ts';
import { Click, oldButton, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { uploadOnce } from './upload-once.ts';
import { whisperTo } from './whisper.ts';

/** A panel of Grafana as a picture in the thread; where Grafana draws none, the way to it for who asked. */
export const showPanel = handler<Click>({
  name: `action.${actionIds.showPanel}`,
  payload: Click,
  need: 'read',
  scopes: ['files:write'],
  handle: async (click, surroundings) => {
    const wanted = readPanelValue(valueOf(click));
    if (wanted === undefined) throw oldButton();
    const { id } = await clickedIncident(wanted.id, click, surroundings);
    const { title, link, png } = await surroundings.agent.incidentPicture(
      { params: { id, panel: wanted.panel } },
      { signal: surroundings.signal },
    );
    if (png === undefined) await whisperTo(click, panelUnseen({ title, link }), surroundings);
    else {
      await uploadOnce(
        {
          name: `${id}-panel-${wanted.panel}.png`,
          title,
          altText: `A graph that Grafana drew: ${shown(title, 200)}`,
          png: Buffer.from(png, 'base64'),
        },
        click,
        surroundings,
      );
    }
  },
});
