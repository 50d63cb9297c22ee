import type { Handler } from '../handling/handler.ts';
import { homeOpened } from './home-opened.ts';
import { linkAccount } from './link-account.ts';
import { openIncidentButton } from './open-incident.ts';
import { refreshHome } from './refresh-home.ts';
import { showChange } from './show-change.ts';
import { showIncident } from './show-incident.ts';
import { turnKillSwitch } from './turn-kill-switch.ts';

/** The app's home, and the buttons that it shares with lists. */
export const homeHandlers: readonly Handler[] = [
  homeOpened,
  refreshHome,
  turnKillSwitch,
  linkAccount,
  openIncidentButton,
  showChange,
  showIncident,
];
