import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { Context, Span as ApiSpan, Tracer as ApiTracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { silentSpan } from '@autodevops/domain/ports/tracer';
import type { Span, SpanChoice, SpanFacts } from '@autodevops/domain/ports/tracer';
import type { Tracing } from './tracing.ts';

export interface OtlpChoice {
  /** Where spans are sent, whole: `http://collector:4318/v1/traces`. */
  readonly url: string;
  /** Share of the traces that begin here and are kept, 0 to 1. */
  readonly ratio: number;
  /** What tells this process from others: `service.name` and the like. */
  readonly resource: SpanFacts;
  /** Between two sendings, in milliseconds. */
  readonly every?: number;
}

/** A collector that is away costs memory for so many spans, and no more. */
const most = { maxQueueSize: 2048, maxExportBatchSize: 512 } as const;
const sendWithin = 5000;
/** Nobody waits longer at the end for a collector that is away. */
const closeWithin = 2000;
const longestText = 256;

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, inside: SpanKind.INTERNAL } as const;

function providerOf({ url, ratio, resource, every = 5000 }: OtlpChoice): TracerProvider {
  return new TracerProvider({
    resource: resourceFromAttributes({ ...resource }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanLimits: { attributeValueLengthLimit: longestText },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, timeoutMillis: sendWithin }),
        scheduledDelayMillis: every,
        exportTimeoutMillis: sendWithin,
        ...most,
      }),
    ],
  });
}

/** Around what the span is: who asked from outside, else what goes on here. */
function around({ parent }: SpanChoice, here: Context): Context {
  const remote = parent === undefined ? null : parseTraceParent(parent);
  return remote === null ? here : trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true });
}

/** A span that was told to its end has no more parts: what its caller does later, such as a stream, begins a trace of its own. */
function begin(tracer: ApiTracer, choice: SpanChoice, context: Context): ApiSpan {
  const above = trace.getSpan(context);
  const before = above?.spanContext();
  const ended =
    before !== undefined &&
    before.isRemote !== true &&
    above?.isRecording() === false &&
    (before.traceFlags & TraceFlags.SAMPLED) !== 0;
  const links = ended ? { root: true, links: [{ context: before }] } : {};
  return tracer.startSpan(
    choice.name,
    { kind: kinds[choice.kind ?? 'inside'], attributes: { ...choice.facts }, ...links },
    context,
  );
}

/** By its code alone: a message may quote what it should not. */
function codeOf(error: unknown): string {
  return error instanceof AutoDevOpsError ? error.code : error instanceof Error ? error.name : 'unknown';
}

function spanOf(span: ApiSpan): Span {
  return {
    note: (facts) => void span.setAttributes({ ...facts }),
    fail: (code) => void span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR }),
  };
}

async function shutDown(provider: TracerProvider): Promise<void> {
  const sent = new AbortController();
  const shut = provider
    .shutdown()
    .catch(() => undefined)
    .finally(() => sent.abort());
  await Promise.race([shut, sleep(closeWithin, undefined, { signal: sent.signal }).catch(() => undefined)]);
}

/** Spans by OpenTelemetry, sent by OTLP over HTTP. It touches nothing global: two agents in one process have two of them. */
export function otlpTracer(choice: OtlpChoice): Tracing {
  const provider = providerOf(choice);
  const tracer = provider.getTracer('autodevops');
  const manager = new AsyncLocalStorageContextManager().enable();
  return {
    span: async (wanted, work) => {
      const context = around(wanted, manager.active());
      if (wanted.partOnly === true && trace.getSpan(context)?.isRecording() !== true) return await work(silentSpan);
      const span = begin(tracer, wanted, context);
      try {
        return await manager.with(trace.setSpan(context, span), () => work(spanOf(span)));
      } catch (error) {
        spanOf(span).fail(codeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
    close: async () => {
      await shutDown(provider);
      manager.disable();
    },
  };
}
