import { refKey, refText } from '@autodevops/domain/object-ref';
import type { Drawing } from '../../drawing/drawing.ts';
import { cutTo } from '../text/code-points.ts';
import { shown } from '../text/shown.ts';
import type { Graph } from './graph-message.ts';

/** More can be drawn, and not be read. */
const most = 40;
const longestText = 60;
/** Slack takes a thousand characters to say what is on a picture; who listens to them wants fewer. */
const longestAlt = 500;

/** Who leans on whom as boxes and arrows, each box with how it is; undefined where that is nothing, or more than can be read. */
export function graphDrawing({ edges, objects, left }: Graph): Drawing | undefined {
  if (edges.length === 0 || left > 0 || edges.length > most) return undefined;
  const states = new Map(objects.map(({ object, state }) => [refKey(object), state]));
  const refs = new Map(edges.flatMap(({ from, to }) => [from, to]).map((ref) => [refKey(ref), ref]));
  const ids = new Map([...refs.keys()].map((key, index) => [key, `n${index}`]));
  const idOf = (ref: Graph['edges'][number]['from']): string => ids.get(refKey(ref)) ?? '';
  return {
    boxes: [...refs].map(([key, ref]) => ({
      id: ids.get(key) ?? '',
      lines: [refText(ref), states.get(key) ?? '']
        .map((text) => shown(text, longestText))
        .filter((text) => text !== ''),
    })),
    arrows: edges.map(({ from, to, verb, detail }) => ({
      from: idOf(from),
      to: idOf(to),
      label: shown(detail === '' ? verb : `${verb} (${detail})`, longestText),
    })),
  };
}

/** What a picture of it shows, for who does not see it. */
export function graphInWords({ edges }: Graph): string {
  return cutTo(
    edges
      .map(
        ({ from, to, verb }) =>
          `${shown(refText(from), longestText)} ${shown(verb, longestText)} ${shown(refText(to), longestText)}.`,
      )
      .join(' '),
    longestAlt,
  );
}
