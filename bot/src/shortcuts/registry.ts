import type { Handler } from '../handling/handler.ts';
import { addToTimelineShortcut } from './add-to-timeline.ts';
import { askJamieShortcut } from './ask-jamie.ts';
import { diagnoseThis } from './diagnose-this.ts';
import { openIncidentShortcut } from './open-incident.ts';

/** What the menus of messages, and the menu of everywhere, offer. */
export const shortcutHandlers: readonly Handler[] = [
  diagnoseThis,
  openIncidentShortcut,
  addToTimelineShortcut,
  askJamieShortcut,
];
