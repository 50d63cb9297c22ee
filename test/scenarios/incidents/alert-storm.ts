/** An alert as Alertmanager's API takes it: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
interface PostableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

export const stormNames = 25;
export const stormSize = 500;

/** What everything that asks a workload tells when it does not answer: many rules, each for many callers. */
function storm(namespace: string, workload: string, startsAt: string, endsAt: string): readonly PostableAlert[] {
  return Array.from({ length: stormSize }, (_, index) => ({
    labels: {
      alertname: `ErrorBudgetBurn${index % stormNames}`,
      namespace,
      deployment: workload,
      caller: `caller-${Math.floor(index / stormNames)}`,
      severity: 'warning',
    },
    annotations: { summary: `Calls to ${workload} fail.` },
    startsAt,
    endsAt,
  }));
}

/** Five hundred alerts at once, straight to Alertmanager. They fire for ten minutes, or are over. */
export async function postStorm(
  alertmanager: string,
  {
    namespace,
    workload,
    began,
    isOver,
  }: { readonly namespace: string; readonly workload: string; readonly began: number; readonly isOver: boolean },
): Promise<void> {
  const end = isOver ? Date.now() : Date.now() + 600_000;
  const body = JSON.stringify(storm(namespace, workload, new Date(began).toISOString(), new Date(end).toISOString()));
  const answer = await fetch(`${alertmanager}/api/v2/alerts`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(60_000),
  });
  if (!answer.ok) {
    throw new Error(`Alertmanager does not take them: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
  }
}
