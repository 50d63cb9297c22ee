import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const Value = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const Attributes = z
  .array(z.strictObject({ key: z.string(), value: Value }))
  .default([])
  .transform((all) =>
    Object.fromEntries(
      all.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue]),
    ),
  );
const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const time = z.string().regex(/^\d{19}$/);

/** A span as OTLP has it (opentelemetry/proto/trace/v1/trace.proto, in its JSON encoding). */
const ReceivedSpan = z.looseObject({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: z.union([z.literal(''), hex(8)]).optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: time,
  endTimeUnixNano: time,
  attributes: Attributes,
  status: z.looseObject({ code: z.int().min(0).max(2).default(0), message: z.string().optional() }),
  links: z.array(z.looseObject({ traceId: hex(16), spanId: hex(8) })).default([]),
});
export type ReceivedSpan = z.infer<typeof ReceivedSpan>;

const Request = z.strictObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: Attributes }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(ReceivedSpan) })),
    }),
  ),
});

export interface OtlpReceiver {
  /** What a configuration names. */
  readonly address: string;
  readonly spans: () => readonly ReceivedSpan[];
  readonly resources: () => readonly Readonly<Record<string, unknown>>[];
  /** Everything that came, to the byte. */
  readonly raw: () => string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

/** A collector that takes traces by OTLP over HTTP and believes nothing that the protocol does not say. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  const received: z.infer<typeof Request>['resourceSpans'] = [];
  const raw: string[] = [];
  const server = createServer(
    (request, answer) =>
      void (async () => {
        const body = await bodyOf(request);
        raw.push(JSON.stringify(request.headers), body);
        const wellAddressed =
          request.method === 'POST' &&
          request.url === '/v1/traces' &&
          request.headers['content-type'] === 'application/json';
        const read = wellAddressed ? Request.safeParse(JSON.parse(body)) : undefined;
        if (read?.success === true) received.push(...read.data.resourceSpans);
        else raw.push(`refused: ${read?.error.message ?? request.url}`);
        answer.writeHead(read?.success === true ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
      })(),
  );
  await new Promise<void>((heard) => {
    server.listen(0, '127.0.0.1', heard);
  });
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  );
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => received.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    resources: () => received.map(({ resource }) => resource.attributes),
    raw: () => raw.join('\n'),
  };
}
