import { Agent, get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

const agent = new Agent({ keepAlive: true });

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Asks another server in plain JSON and answers with what it said, changed by the way. Without a change it passes it on piece by piece. */
export function passOn(url: string, response: ServerResponse, change?: (text: string) => string): void {
  const onward = get(url, { agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { 'Content-Type': answer.headers['content-type'] ?? '' });
    if (change === undefined) return void answer.pipe(response);
    return void textOf(answer).then(
      (text) => response.end(change(text)),
      () => response.destroy(),
    );
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
}
