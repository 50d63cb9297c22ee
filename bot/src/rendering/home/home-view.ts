import type { HomeView, KnownBlock } from '@slack/types';
import { counted } from '@autodevops/domain/count-words';
import type { AgentClient } from '@autodevops/agentd/client';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { divider, header } from '../blocks/plain-blocks.ts';
import { fit, viewBounds } from '../budget/fit.ts';
import type { Part } from '../budget/fit.ts';
import { always, ifRoom } from '../budget/message.ts';
import { changeLineBlocks } from '../change/change-line.ts';
import type { ChangeLine } from '../change/change-line.ts';
import { incidentLineBlocks } from '../incident/incident-list.ts';
import type { IncidentLine } from '../incident/incident-list.ts';
import { bold, code, italic, line, richText, when, words } from '../text/rich-text.ts';

type Told<Name extends keyof AgentClient> = AgentClient[Name] extends (...given: never[]) => Promise<infer Answer>
  ? Answer
  : never;

/** What one person sees of his customer's agent. What could not be asked is undefined, and said so. */
export interface HomeState {
  readonly person: {
    readonly name: string;
    readonly isLinked: boolean;
    /** That an account may be linked by, where it is not linked yet. */
    readonly hasAddress?: boolean;
  };
  readonly cluster?: Told<'cluster'> | undefined;
  readonly health?: Told<'health'> | undefined;
  readonly killSwitch?: Told<'killSwitch'> | undefined;
  /** That wait for a yes which is this person's to give. */
  readonly approvals?: readonly ChangeLine[] | undefined;
  readonly incidents?: readonly IncidentLine[] | undefined;
  /** ISO 8601. */
  readonly asOf: string;
}

function clusterBlocks({ cluster, health }: HomeState): readonly KnownBlock[] {
  const unwell = health?.parts.filter(({ well }) => !well) ?? [];
  const standing =
    health === undefined
      ? '❔ the agent does not answer'
      : health.ready && unwell.length === 0
        ? '✅ the agent is well'
        : '🟠 the agent is not well';
  return richText(
    line(bold('Cluster '), cluster === undefined ? italic('not known') : code(cluster.name), words(` · ${standing}`)),
    ...unwell.slice(0, 5).map(({ name, says }) => line(words(`🟠 ${name}: `, 100), words(says, 300))),
    cluster === undefined
      ? undefined
      : line(bold('Autonomy: '), words(cluster.autonomy ?? 'only the rules of the policy file')),
  );
}

function killSwitchBlocks({ killSwitch }: HomeState): readonly KnownBlock[] {
  if (killSwitch === undefined) return richText(line(bold('Kill switch: '), italic('not known')));
  const { on, by, why, since } = killSwitch;
  return [
    ...richText(
      line(
        bold(`Kill switch: ${on ? '🛑 on, nothing is executed' : 'off'}`),
        on ? words(` since `) : undefined,
        on ? when(since) : undefined,
        on ? words(` by ${by}: ${why}`, 400) : undefined,
      ),
    ),
    ...buttons(
      button(
        actionIds.killSwitch,
        on ? 'Let execution go on' : 'Stop all execution',
        on ? 'off' : 'on',
        on ? {} : { style: 'danger' },
      ),
    ),
  ];
}

/** Of each list: a long one leaves room for the other. */
const mostLines = 20;

interface HomeList<Line> {
  readonly title: string;
  readonly none: string;
  readonly noun: string;
  readonly lines: readonly Line[] | undefined;
  readonly render: (line: Line) => readonly KnownBlock[];
  /** Where all of them are. */
  readonly all: string;
}

function listParts<Line>({ title, none, noun, lines, render, all }: HomeList<Line>): readonly Part[] {
  const heading = always([divider, header(title)]);
  if (lines === undefined) {
    return [heading, always(richText(line(italic('The agent does not answer, so this is not known.'))))];
  }
  if (lines.length === 0) return [heading, always(richText(line(words(none))))];
  const left = lines.length - mostLines;
  return [
    heading,
    ...lines.slice(0, mostLines).map((entry) => ifRoom(noun, render(entry))),
    always(left > 0 ? richText(line(italic(`${counted(left, `more ${noun}`)}: `), code(all), words(' has all.'))) : []),
  ];
}

function notLinked({ person }: HomeState): readonly Part[] {
  return [
    always([
      header('Auto-DevOps'),
      ...richText(
        line(
          words(
            `Hello ${person.name}. I do not know yet who you are in Auto-DevOps. Link your account to see your cluster and to decide.`,
          ),
        ),
        person.hasAddress === true
          ? line(
              words('Write '),
              code('/autodevops link'),
              words(': your e-mail address may be enough. Or you have a code.'),
            )
          : undefined,
      ),
      ...buttons(button(actionIds.link, 'Link your account', 'link', { style: 'primary' })),
    ]),
  ];
}

function homeParts(state: HomeState): readonly Part[] {
  if (!state.person.isLinked) return notLinked(state);
  return [
    always([
      header('Auto-DevOps'),
      ...clusterBlocks(state),
      ...killSwitchBlocks(state),
      ...buttons(button(actionIds.openIncident, 'Open incident', 'home')),
    ]),
    ...listParts({
      title: 'My approvals',
      none: 'Nothing waits for your yes.',
      noun: 'approval',
      lines: state.approvals,
      render: (change) => [...changeLineBlocks(change), ...buttons(button(actionIds.showChange, 'Show', change.id))],
      all: '/scarlet status',
    }),
    ...listParts({
      title: 'Open incidents',
      none: 'There is no open incident.',
      noun: 'incident',
      lines: state.incidents,
      render: (incident) => [
        ...incidentLineBlocks(incident),
        ...buttons(button(actionIds.showIncident, 'Show', incident.id)),
      ],
      all: '/incident list',
    }),
    always([
      divider,
      ...richText(line(italic('As of '), when(state.asOf))),
      ...buttons(button(actionIds.refreshHome, 'Refresh', 'home')),
    ]),
  ];
}

/** The App Home of one person. */
export function homeView(state: HomeState): HomeView {
  return {
    type: 'home',
    callback_id: 'home',
    blocks: [...fit(homeParts(state), viewBounds, 'The editor and autodevops list all of them.').blocks],
  };
}
