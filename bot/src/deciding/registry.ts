import type { Handler } from '../handling/handler.ts';
import { approveChange } from './approve-change.ts';
import { askAbout, askAboutFormSent } from './ask-about.ts';
import { rejectChange, rejectChangeForm } from './reject-change.ts';
import { resolveIncident, resolveIncidentForm } from './resolve-incident.ts';
import { runFix } from './run-fix.ts';
import { setSeverity, setSeverityForm } from './set-severity.ts';
import { showDiff } from './show-diff.ts';
import { showEvidence } from './show-evidence.ts';
import { showPanel } from './show-panel.ts';
import { showPostMortem } from './show-postmortem.ts';
import { acknowledgeIncident, assignMe } from './take-up-incident.ts';
import { undoChange } from './undo-change.ts';
import { updateIncident, updateIncidentForm } from './update-incident.ts';

/** The buttons of an incident's thread, and the forms that they open. */
export const decidingHandlers: readonly Handler[] = [
  approveChange,
  rejectChange,
  rejectChangeForm,
  showDiff,
  askAbout,
  askAboutFormSent,
  undoChange,
  runFix,
  showEvidence,
  acknowledgeIncident,
  assignMe,
  setSeverity,
  setSeverityForm,
  resolveIncident,
  resolveIncidentForm,
  updateIncident,
  updateIncidentForm,
  showPostMortem,
  showPanel,
];
