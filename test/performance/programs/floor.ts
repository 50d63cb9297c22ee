// The floor: GET the same lists in pages of 500 and drop the bytes. Arguments: URL.
import { Agent, get } from 'node:http';
import { report } from '../measured-process.ts';

const url = process.argv[2] ?? '';
const agent = new Agent({ keepAlive: true, maxSockets: 6 });
const paths = [
  '/api/v1/pods',
  '/api/v1/events',
  '/api/v1/services',
  '/api/v1/nodes',
  '/api/v1/namespaces',
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/replicasets',
];

/** Reads an answer and keeps only its first bytes, where the token for the next page is. */
function fetchPage(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} was answered with ${response.statusCode}`));
      let head = '';
      response.on('data', (chunk: Buffer) => {
        if (head.length < 400) head += chunk.toString('latin1', 0, 400);
      });
      response.on('end', () => resolve(head));
    }).on('error', reject);
  });
}

async function list(path: string): Promise<void> {
  let token = '';
  do {
    const head = await fetchPage(`${path}?limit=500${token === '' ? '' : `&continue=${token}`}`);
    token = /"continue":"([^"]*)"/.exec(head.slice(0, 400))?.[1] ?? '';
  } while (token !== '');
}

const started = performance.now();
await Promise.all(paths.map(list));
agent.destroy();
report({ milliseconds: performance.now() - started });
