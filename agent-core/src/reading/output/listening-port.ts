import type { OutputLine } from './output-line.ts';

/** A line in which a program says where it listens. */
export interface ListeningPort {
  readonly port: number;
  /** Only on 127.0.0.1 or localhost: nothing outside of the container reaches it. */
  readonly loopback: boolean;
  readonly line: OutputLine;
}

const words = [
  'listening',
  'listen on',
  'running on',
  'started on port',
  'started server on',
  'server started',
  'serving',
  'started at',
  'ready on',
  'ready at',
  'bound to',
  'available at',
  'running at',
  'server on',
  'now listening',
  'local:',
  'started http',
  'started service',
  'http server',
  'tomcat started',
  'netty started',
  'starting server',
  'server is running',
  'server running',
];
const failing = ['error', 'fail', 'cannot', 'refused', 'in use', 'unable', 'connect to', 'connecting'];

function portIn(text: string): { port: number; loopback: boolean } | undefined {
  const match =
    /(?:(localhost|127\.0\.0\.1|\[::1\])|[\s"'/\]*.0-9a-z-])?:(\d{2,5})\b/.exec(text) ??
    /\bport(?:\(s\))?\s*[:=]?\s*()(\d{2,5})\b/.exec(text);
  const port = Number(match?.[2] ?? 0);
  return port > 0 && port < 65536 ? { port, loopback: (match?.[1] ?? '') !== '' } : undefined;
}

/** Where the program says that it listens. */
export function listeningPorts(output: readonly OutputLine[]): readonly ListeningPort[] {
  return output.flatMap((line) => {
    const word = words
      .map((w) => line.lower.indexOf(w))
      .filter((at) => at >= 0)
      .toSorted((a, b) => a - b)[0];
    if (word === undefined || failing.some((w) => line.lower.includes(w))) return [];
    const found = portIn(line.lower.slice(word));
    return found === undefined ? [] : [{ ...found, line }];
  });
}
