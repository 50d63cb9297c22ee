import { strictServer } from './strict-server.ts';
import type { Answer, Asked, StrictServer } from './strict-server.ts';

const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** As Grafana 11 answers: https://grafana.com/docs/grafana/latest/developers/http_api/annotations/ */
export async function fakeGrafana({ renders }: { readonly renders: boolean }): Promise<StrictServer> {
  const notes: { id: number; time: number; text: string; tags: string[] }[] = [];
  const list = ({ query }: Asked): Answer => {
    const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
    return {
      status: 200,
      body: notes.filter(
        ({ time, tags }) => time >= from && time <= to && query.getAll('tags').every((tag) => tags.includes(tag)),
      ),
    };
  };
  const add = ({ body }: Asked): Answer => {
    const note = JSON.parse(body) as { time: number; text: string; tags: string[] };
    if (typeof note.text !== 'string' || note.text === '' || !Number.isInteger(note.time)) {
      return { status: 400, body: { message: 'bad request data' } };
    }
    notes.push({ ...note, id: notes.length + 1 });
    return { status: 200, body: { message: 'Annotation added', id: notes.length } };
  };
  return await strictServer([
    {
      method: 'GET',
      path: /^\/api\/frontend\/settings$/,
      parameters: [],
      answer: () => ({ status: 200, body: { rendererAvailable: renders } }),
    },
    { method: 'GET', path: /^\/api\/annotations$/, parameters: ['from', 'to', 'limit', 'tags'], answer: list },
    { method: 'POST', path: /^\/api\/annotations$/, parameters: [], answer: add },
    {
      method: 'GET',
      path: /^\/render\/d-solo\/[\w-]+$/,
      parameters: ['panelId', 'from', 'to', 'width', 'height', 'tz'],
      answer: () => ({ status: 200, body: picture, headers: { 'Content-Type': 'image/png' } }),
    },
  ]);
}
