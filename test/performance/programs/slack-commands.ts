// Slack's side of slash commands: signs each when it sends it and waits for the acknowledgement. Arguments: address of
// the app, its signing secret, a file with the bodies as a JSON list, how many are on their way at once, and how many are
// sent a second (0: the next when one is acknowledged). Fails where one is not acknowledged.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedHeaders } from '../../../packages/testkit/src/slack/delivering/signature.ts';
import { report } from '../measured-process.ts';
import { percentile } from '../series.ts';

const [url = '', secret = '', file = '', clients = '1', perSecond = '0'] = process.argv.slice(2);
const bodies = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const times: number[] = [];

/** From the first byte sent to the last one read. */
async function acknowledged(body: string): Promise<void> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...signedHeaders(secret, Math.floor(Date.now() / 1000), body),
  };
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a command was answered with ${response.statusCode}`));
      response.resume().once('end', resolve).once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
  times.push(performance.now() - began);
}

async function oneAfterTheOther(first: number): Promise<void> {
  for (let at = first; at < bodies.length; at += Number(clients)) await acknowledged(bodies[at] ?? '');
}

async function evenly(): Promise<void> {
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (const [at, body] of bodies.entries()) {
    await sleep(Math.max(0, began + (at * 1000) / Number(perSecond) - performance.now()));
    sent.push(acknowledged(body));
  }
  await Promise.all(sent);
}

const started = performance.now();
if (Number(perSecond) > 0) await evenly();
else await Promise.all(Array.from({ length: Number(clients) }, (_, first) => oneAfterTheOther(first)));
const seconds = (performance.now() - started) / 1000;
agent.destroy();
report({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
  longest: Math.max(...times),
  perSecond: times.length / seconds,
});
