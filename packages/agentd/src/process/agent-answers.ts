import { contractHeader } from '../contract/contract-version.ts';

const patience = 2000;
/** Agents that say nothing of it speak the first version. */
const first = 1;

/** The version of the contract that the agent there speaks; undefined where none answers. Never throws. */
export async function agentContract(fetch: (request: Request) => Promise<Response>): Promise<number | undefined> {
  try {
    const answer = await fetch(new Request('http://localhost/livez', { signal: AbortSignal.timeout(patience) }));
    if (answer.status !== 200 || (await answer.text()) !== 'ok') return undefined;
    const spoken = Number(answer.headers.get(contractHeader) ?? first);
    return Number.isSafeInteger(spoken) ? spoken : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an agent answers there. Never throws: what does not answer is not there. */
export async function agentAnswers(fetch: (request: Request) => Promise<Response>): Promise<boolean> {
  return (await agentContract(fetch)) !== undefined;
}
