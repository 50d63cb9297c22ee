import type { z } from 'zod';
import { stopIfAborted } from '@autodevops/domain/interruption';
import type { SignalAnswer, SignalCarrier, SignalOptions, SignalRequest } from '@autodevops/domain/ports/signals';
import { badAnswer, statusFailure } from './failure.ts';

/** In milliseconds and bytes, where nobody said otherwise. */
export const usualDeadline = 5_000;
export const usualLargest = 8 * 1024 * 1024;

export type Asked = Omit<SignalRequest, 'largest' | 'method'> & Partial<Pick<SignalRequest, 'largest' | 'method'>>;

/** Sends a request as the caller bounds it. */
export async function ask(
  carrier: SignalCarrier,
  asked: Asked,
  { signal, deadline = usualDeadline }: SignalOptions,
): Promise<SignalAnswer> {
  stopIfAborted(signal);
  return await carrier.send({ method: 'GET', largest: usualLargest, ...asked }, { signal, deadline });
}

export function textOf({ body }: SignalAnswer): string {
  return new TextDecoder().decode(body);
}

export function parsed(answer: SignalAnswer, { address }: SignalCarrier): unknown {
  try {
    return JSON.parse(textOf(answer)) as unknown;
  } catch {
    throw badAnswer(address, 'answers with something that is no JSON');
  }
}

/** The value of a success, of the shape that is expected; `said` finds the source's own sentence in a refusal. */
export async function readJson<T>(
  carrier: SignalCarrier,
  asked: Asked,
  shape: z.ZodType<T>,
  options: SignalOptions,
  said: (text: string) => string = (text) => text,
): Promise<T> {
  const answer = await ask(carrier, asked, options);
  if (answer.status < 200 || answer.status >= 300) {
    throw statusFailure(carrier.address, answer.status, said(textOf(answer).slice(0, 2_000)));
  }
  const read = shape.safeParse(parsed(answer, carrier));
  if (!read.success) throw badAnswer(carrier.address, 'answers in a form that is not that of its API');
  return read.data;
}
