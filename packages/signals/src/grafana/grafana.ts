import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { PanelPlace, Panels, SignalCarrier, SignalOptions, TimeRange } from '@autodevops/domain/ports/signals';
import { keptText } from '../carrying/foreign-labels.ts';
import { badAnswer, statusFailure } from '../carrying/failure.ts';
import { ask, readJson, textOf, usualDeadline } from '../carrying/read-json.ts';

export interface GrafanaChoice {
  readonly carrier: SignalCarrier;
  /** Where people reach it, where that is another address than the carrier's. */
  readonly page?: string;
  /** In milliseconds, for one request; pictures take their own. */
  readonly deadline?: number;
}

/** https://grafana.com/docs/grafana/latest/developers/http_api/annotations/ */
const AnnotationsAnswer = z.array(
  z.object({ id: z.int(), time: z.number(), text: z.string().default(''), tags: z.array(z.string()).nullish() }),
);
const NewAnnotationAnswer = z.object({ id: z.int() });

/** https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const Uid = /^[A-Za-z0-9_-]{1,40}$/;
const pictureTakes = 20_000;
const largestPicture = 4 * 1024 * 1024;
const png = [0x89, 0x50, 0x4e, 0x47];

function parametersOf({ range, variables = {}, panel }: PanelPlace): URLSearchParams {
  const named = Object.entries(variables)
    .slice(0, 20)
    .map(([name, value]): [string, string] => [`var-${name}`, value]);
  return new URLSearchParams([
    ['from', String(Math.round(range.start))],
    ['to', range.end === 'now' ? range.end : String(Math.round(range.end))],
    ...named,
    ...(panel === undefined ? [] : [['viewPanel', String(panel)] as [string, string]]),
  ]);
}

function uid(dashboard: string): string {
  if (Uid.test(dashboard)) return dashboard;
  throw new AutoDevOpsError(
    'usage',
    'That is not the uid of a dashboard.',
    "Take it from the dashboard's address: /d/UID/...",
  );
}

function explore(datasource: string, query: string, { start, end }: TimeRange): URLSearchParams {
  const pane = {
    a: {
      datasource,
      queries: [{ refId: 'A', expr: query, datasource: { uid: datasource } }],
      range: { from: String(Math.round(start)), to: String(Math.round(end)) },
    },
  };
  return new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(pane) });
}

/** A renderer that is absent answers with a picture or a page that says so. */
function isPicture(contentType: string, body: Uint8Array): boolean {
  return contentType.startsWith('image/png') && png.every((byte, index) => body[index] === byte);
}

/** Links, annotations and pictures of one Grafana. */
export function grafana({ carrier, page = carrier.address, deadline = usualDeadline }: GrafanaChoice): Panels {
  const bounded = (options: SignalOptions): Required<SignalOptions> => ({ deadline, ...options });
  const at = page.replace(/\/$/, '');
  const hasRenderer = async (options: SignalOptions): Promise<boolean> => {
    const { rendererAvailable } = await readJson(
      carrier,
      { path: '/api/frontend/settings' },
      z.object({ rendererAvailable: z.boolean().default(false) }),
      bounded(options),
    );
    return rendererAvailable;
  };
  return {
    get source() {
      return `Grafana at ${carrier.address}`;
    },
    link: (place) => `${at}/d/${uid(place.dashboard)}?${parametersOf(place).toString()}`,
    exploreLink: (datasource, query, range) => `${at}/explore?${explore(uid(datasource), query, range).toString()}`,
    annotations: async ({ start, end }, tags, options) => {
      const query = [
        ['from', String(Math.round(start))],
        ['to', String(Math.round(end))],
        ['limit', '100'],
        ...tags.map((tag) => ['tags', tag] as const),
      ] as const;
      const read = await readJson(carrier, { path: '/api/annotations', query }, AnnotationsAnswer, bounded(options));
      return read.slice(0, 100).map(({ id, time, text, tags: found }) => ({
        id,
        time,
        text: keptText(text, 1_000),
        tags: (found ?? []).slice(0, 20).map((tag) => keptText(tag, 100)),
      }));
    },
    annotate: async ({ time, text, tags }, options) => {
      const { id } = await readJson(
        carrier,
        { method: 'POST', path: '/api/annotations', json: { time: Math.round(time), text, tags } },
        NewAnnotationAnswer,
        bounded(options),
      );
      return id;
    },
    picture: async (place, { width, height }, options) => {
      if (!(await hasRenderer(options))) return undefined;
      const parameters = parametersOf({ ...place, range: place.range });
      parameters.delete('viewPanel');
      const query = [
        ...parameters,
        ['panelId', String(place.panel)],
        ['width', String(Math.min(2_000, Math.max(100, width)))],
        ['height', String(Math.min(2_000, Math.max(100, height)))],
        ['tz', 'UTC'],
      ] as [string, string][];
      const answer = await ask(
        carrier,
        { path: `/render/d-solo/${uid(place.dashboard)}`, query, largest: largestPicture },
        { ...options, deadline: options.deadline ?? pictureTakes },
      );
      if (answer.status !== 200) throw statusFailure(carrier.address, answer.status, textOf(answer).slice(0, 200));
      if (!isPicture(answer.contentType, answer.body)) {
        throw badAnswer(carrier.address, 'answers with something that is no picture');
      }
      return answer.body;
    },
  };
}
