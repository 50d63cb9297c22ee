import type { SlashCommand } from '../slash-command.ts';
import { acknowledge } from './acknowledge.ts';
import { assign } from './assign.ts';
import { list } from './list.ts';
import { onCall } from './on-call.ts';
import { open } from './open.ts';
import { postmortem } from './postmortem.ts';
import { resolve } from './resolve.ts';
import { severity } from './severity.ts';
import { show } from './show.ts';
import { silence } from './silence.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { update } from './update.ts';

export const incident: SlashCommand = {
  name: '/incident',
  says: 'Open an incident, say how it stands, end it, draft its post-mortem.',
  words: [
    open,
    list,
    show,
    timeline,
    acknowledge,
    assign,
    severity,
    update,
    silence,
    resolve,
    summary,
    postmortem,
    onCall,
  ],
};
