import type { Handler } from '../handling/handler.ts';
import { addToTimelineForm } from './add-to-timeline.ts';
import { askJamieForm } from './ask-jamie.ts';
import { killSwitchForm } from './kill-switch.ts';
import { linkAccountForm } from './link-account.ts';
import { openIncidentForm } from './open-incident.ts';

/** Forms that were sent. */
export const formHandlers: readonly Handler[] = [
  openIncidentForm,
  addToTimelineForm,
  askJamieForm,
  linkAccountForm,
  killSwitchForm,
];
