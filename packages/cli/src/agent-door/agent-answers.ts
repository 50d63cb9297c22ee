const patience = 2000;

/** Whether an agent answers there. Never throws: what does not answer is not there. */
export async function agentAnswers(fetch: (request: Request) => Promise<Response>): Promise<boolean> {
  try {
    const answer = await fetch(new Request('http://localhost/livez', { signal: AbortSignal.timeout(patience) }));
    return answer.status === 200 && (await answer.text()) === 'ok';
  } catch {
    return false;
  }
}
