// Whether the bot is ready, as it says at its Service.
const { HOST, PORT } = process.env;
const answer = await fetch(`http://${HOST}:${PORT}/readyz`, { signal: AbortSignal.timeout(10_000) });
console.log((await answer.text()).trim());
process.exitCode = answer.ok ? 0 : 1;
