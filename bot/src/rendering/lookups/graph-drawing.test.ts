import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '@autodevops/agentd/endpoints';
import { refByName } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { arbitraryOf } from '../testing/arbitrary-of.ts';
import { graphDrawing, graphInWords } from './graph-drawing.ts';
import type { Graph } from './graph-message.ts';

const web = refByName('Deployment', 'shop', 'web');

function graphOf(count: number, given: Partial<Graph> = {}): Graph {
  const edges = Array.from({ length: count }, (_, index) => ({
    from: web,
    verb: 'calls',
    to: refByName('Service', 'shop', `s-${index}`),
    detail: '',
  }));
  return { capturedAt: '', edges, objects: [], left: 0, mermaid: '', blindSpots: [], ...given };
}

describe('a graph', () => {
  it('is a box for each object, however many relations it has', () => {
    const drawing = graphDrawing(graphOf(3));
    expect(drawing?.boxes.map(({ lines }) => lines)).toEqual([
      ['Deployment shop/web'],
      ['Service shop/s-0'],
      ['Service shop/s-1'],
      ['Service shop/s-2'],
    ]);
    expect(drawing?.arrows.map(({ from, to }) => `${from} ${to}`)).toEqual(['n0 n1', 'n0 n2', 'n0 n3']);
  });

  it('that is empty, cut or more than can be read is not drawn', () => {
    expect([graphOf(0), graphOf(1, { left: 1 }), graphOf(41)].map(graphDrawing)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(graphDrawing(graphOf(40))?.arrows).toHaveLength(40);
  });

  it('of whatever names is drawn with texts that are safe for the eye, and told in so many words as Slack takes', () => {
    fc.assert(
      fc.property(arbitraryOf(endpoints.graph.answer), (graph) => {
        const { boxes = [], arrows = [] } = graphDrawing({ ...graph, left: 0 }) ?? {};
        const ids = new Set(boxes.map(({ id }) => id));
        expect(arrows.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
        for (const text of [...boxes.flatMap(({ lines }) => lines), ...arrows.map(({ label }) => label)]) {
          expect(printable(text)).toBe(text);
          expect([...text].length).toBeLessThanOrEqual(60);
        }
        expect([...graphInWords(graph)].length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 60 },
    );
  });
});
