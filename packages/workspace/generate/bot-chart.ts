import { z } from 'zod';
import { BotConfiguration } from '../../../bot/src/configuration/bot-configuration.ts';
import { pods } from './chart-values.ts';

const Transport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('socket'), connections: z.int().min(1).max(10).optional() }),
  z.strictObject({ kind: z.literal('http'), publicUrl: z.url({ protocol: /^https$/ }).optional() }),
]);

/** The configuration's settings that the chart leaves to people: where the bot listens is the chart's to say. */
function given(): z.ZodType {
  const { inside: _inside, ...shape } = BotConfiguration.shape;
  return z
    .strictObject({ ...shape, transport: Transport })
    .describe("the bot's configuration; the chart adds the addresses that it listens on");
}

/** The values of deploy/charts/bot. */
export function botValues(): z.ZodType {
  return z.strictObject({
    ...pods,
    configuration: given(),
    service: z.strictObject({
      port: z.int().min(1).max(65_535).default(8090),
      annotations: z.record(z.string(), z.string()).default({}),
    }),
  });
}
