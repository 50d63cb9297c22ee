import { describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { otlpReceiver } from '../testing/otlp-receiver.ts';
import type { OtlpReceiver, ReceivedSpan } from '../testing/otlp-receiver.ts';
import { otlpTracer } from './otlp-tracer.ts';
import type { Tracing } from './tracing.ts';

function tracerTo({ address }: Pick<OtlpReceiver, 'address'>, ratio = 1): Tracing {
  const tracer = otlpTracer({ url: `${address}/v1/traces`, ratio, resource: { 'service.name': 'a-test' } });
  onTestFinished(() => tracer.close());
  return tracer;
}

function byName(receiver: OtlpReceiver): Readonly<Record<string, ReceivedSpan>> {
  return Object.fromEntries(receiver.spans().map((span) => [span.name, span]));
}

const nothing = async (): Promise<void> => {};
const remote = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };

describe('a trace', () => {
  it('is sent to the collector with its spans inside one another, however the work waits', async () => {
    const receiver = await otlpReceiver();
    const tracer = tracerTo(receiver);
    await tracer.span({ name: 'outer', kind: 'server', facts: { 'a.name': 'x', 'a.count': 3 } }, async (span) => {
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all(['left', 'right'].map(async (name) => await tracer.span({ name, partOnly: true }, nothing)));
      span.note({ 'a.yes': true });
    });
    await tracer.close();
    const { outer, left, right } = byName(receiver);
    expect(outer).toMatchObject({ kind: 2, attributes: { 'a.name': 'x', 'a.count': 3, 'a.yes': true } });
    expect(outer?.parentSpanId ?? '').toBe('');
    for (const part of [left, right]) {
      expect(part).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    }
    expect(receiver.resources()[0]).toMatchObject({ 'service.name': 'a-test' });
  });

  it('goes on from who asked, unless what he says is no traceparent', async () => {
    const receiver = await otlpReceiver();
    const tracer = tracerTo(receiver);
    await tracer.span({ name: 'asked', parent: `00-${remote.trace}-${remote.span}-01` }, nothing);
    await tracer.span({ name: 'not kept', parent: `00-${remote.trace}-${remote.span}-00` }, nothing);
    for (const odd of [
      '',
      'x',
      '00-0-0-01',
      `00-${'0'.repeat(32)}-${remote.span}-01`,
      `ff-${remote.trace}-${remote.span}-01`,
      `${'00-'.repeat(5000)}`,
    ]) {
      await tracer.span({ name: `odd ${odd.slice(0, 5)}`, parent: odd }, nothing);
    }
    await tracer.close();
    expect(byName(receiver)['asked']).toMatchObject({ traceId: remote.trace, parentSpanId: remote.span });
    expect(receiver.spans().map(({ name }) => name)).not.toContain('not kept');
    const others = receiver.spans().filter(({ name }) => name.startsWith('odd'));
    expect(others).toHaveLength(6);
    expect(others.every(({ parentSpanId }) => (parentSpanId ?? '') === '')).toBe(true);
  });

  it('tells a failure by its code, and never by its words', async () => {
    const receiver = await otlpReceiver();
    const tracer = tracerTo(receiver);
    await expect(
      tracer.span({ name: 'known' }, async () => {
        throw new AutoDevOpsError('cluster.forbidden', 'password=hunter2 may not.', '');
      }),
    ).rejects.toThrow('hunter2');
    await expect(
      tracer.span({ name: 'unknown' }, async () => {
        throw new TypeError('token abc');
      }),
    ).rejects.toThrow('abc');
    await tracer.close();
    expect(byName(receiver)['known']).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'cluster.forbidden' },
    });
    expect(byName(receiver)['unknown']).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'TypeError' },
    });
    expect(receiver.raw()).not.toMatch(/hunter2|token abc/);
  });

  it('is begun by nothing that is only a part, and by nothing that comes after its end', async () => {
    const receiver = await otlpReceiver();
    const tracer = tracerTo(receiver);
    await tracer.span({ name: 'alone', partOnly: true }, nothing);
    let later = nothing;
    await tracer.span({ name: 'request' }, async () => {
      later = async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        await tracer.span({ name: 'late part', partOnly: true }, nothing);
        await tracer.span({ name: 'late work' }, nothing);
      };
      // Begun here, and goes on when the request has been answered.
      const work = later();
      later = async () => await work;
    });
    await later();
    await tracer.close();
    const { request, 'late work': work } = byName(receiver);
    expect(
      receiver
        .spans()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['late work', 'request']);
    expect(work?.traceId).not.toBe(request?.traceId);
    expect(work?.links).toMatchObject([{ traceId: request?.traceId, spanId: request?.spanId }]);
  });

  it("is one process's own: two tracers in one process do not mix", async () => {
    const [one, two] = [await otlpReceiver(), await otlpReceiver()];
    const [first, second] = [tracerTo(one), tracerTo(two)];
    await first.span(
      { name: 'first' },
      async () => await second.span({ name: 'second' }, async () => await first.span({ name: 'inner' }, nothing)),
    );
    await Promise.all([first.close(), second.close()]);
    expect(byName(two)['second']?.parentSpanId ?? '').toBe('');
    expect(byName(one)['inner']?.parentSpanId).toBe(byName(one)['first']?.spanId);
  });

  it('is not kept where its share is nought', async () => {
    const receiver = await otlpReceiver();
    const tracer = tracerTo(receiver, 0);
    expect(await tracer.span({ name: 'x' }, async () => 'done')).toBe('done');
    await tracer.close();
    expect(receiver.spans()).toEqual([]);
  });
});

it('a collector that is away disturbs nobody, and does not keep the process', async () => {
  const tracer = tracerTo({ address: 'http://127.0.0.1:9' });
  for (let count = 0; count < 3000; count += 1) await tracer.span({ name: 'x' }, nothing);
  await tracer.close();
  expect(await tracer.span({ name: 'after' }, async () => 'done')).toBe('done');
}, 30_000);
