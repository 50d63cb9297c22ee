import type { Hold, Inbox, InboundEvent } from '@autodevops/domain/ports/bot-store';
import type { Handler } from '../handling/handler.ts';
import type { Registry } from '../handling/registry.ts';
import { inboundOf } from './inbound.ts';
import type { Inbound } from './inbound.ts';
import { limited } from './shedding.ts';
import type { SheddingChoice } from './shedding.ts';

/** Answers Slack, once, within its three seconds; without a body it is a plain yes. */
export type Answer = (body?: Readonly<Record<string, unknown>>) => Promise<void>;

/** What is to be told where the event came by: nothing was kept, so Slack should send it again or tell the person. */
export class NotKept extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = 'NotKept';
  }
}

/** The envelope names another app than the one whose secret or connection it came with. */
export class WrongApp extends Error {
  constructor() {
    super('an event names another app than the one it came for');
    this.name = 'WrongApp';
  }
}

export interface IntakeChoice extends SheddingChoice {
  readonly inbox: Pick<Inbox, 'accept'>;
  /** Milliseconds that keeping may take: Slack waits three seconds for everything. */
  readonly patience: number;
  /** How one is to be kept so that it is worked on here at once; undefined: it is found in its turn. */
  readonly holdFor: (event: InboundEvent) => Hold | undefined;
  /** One that was kept with such a hold. */
  readonly begin: (event: InboundEvent) => void;
}

export interface Intake {
  /** Throws `NotKept` and `WrongApp`; then the answer was not used. */
  readonly take: (body: Readonly<Record<string, unknown>>, app: string, answer: Answer) => Promise<void>;
}

/** Whoever was too slow to answer may have kept it all the same. */
const unkept = 'That could not be kept in time. It may still be done: look in a minute before you do it again.';
const tooMany = 'That is more at once than I can answer. Wait a minute, then ask again.';
const outdated = 'This form is from an older version. Close it and open it again.';

function whispered(text: string): Readonly<Record<string, unknown>> {
  return { response_type: 'ephemeral', text };
}

/** A form takes errors only at blocks that it has: the first one stands for the whole. */
function formError({ payload }: Inbound, text: string): Readonly<Record<string, unknown>> {
  const view = payload['view'] as { readonly state?: { readonly values?: object } } | undefined;
  const [block] = Object.keys(view?.state?.values ?? {});
  return block === undefined ? { response_action: 'clear' } : { response_action: 'errors', errors: { [block]: text } };
}

/** Most of what people write to each other is nothing to keep. */
function isConcerned({ payload: shape, concerns }: Handler, payload: unknown): boolean {
  const read = shape.safeParse(payload);
  return read.success && concerns?.(read.data) === true;
}

/** What is answered at once, without keeping anything; undefined for what has to be worked on. */
function atOnce(inbound: Inbound, registry: Registry): Readonly<Record<string, unknown>> | 'nothing' | undefined {
  const { kind, handler: name, payload } = inbound;
  if (kind === 'options') return { options: [] };
  const handler = registry.find(name);
  if (kind === 'command' && handler === undefined) {
    return whispered(
      `The command \`${name.slice('command.'.length, 80)}\` is not known to this version. \`/autodevops help\` shows what there is.`,
    );
  }
  if ((kind === 'event' || kind === 'closed') && handler === undefined) {
    return registry.findWorkspaceEvent(name) === undefined ? 'nothing' : undefined;
  }
  if (kind === 'event' && handler?.concerns !== undefined) return isConcerned(handler, payload) ? undefined : 'nothing';
  if (kind !== 'view') return undefined;
  const read = handler?.payload.safeParse(payload);
  if (handler === undefined || read?.success !== true) return formError(inbound, outdated);
  const errors = handler.fieldErrors?.(read.data) ?? {};
  return Object.keys(errors).length === 0 ? undefined : { response_action: 'errors', errors };
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the store took too long')), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function keep(
  events: readonly (InboundEvent | 'shed')[],
  kind: Inbound['kind'],
  { inbox, holdFor, count }: IntakeChoice,
): Promise<readonly InboundEvent[]> {
  const toBegin: InboundEvent[] = [];
  for (const event of events) {
    if (event === 'shed') continue;
    const hold = holdFor(event);
    const isNew = await inbox.accept(event, hold);
    count(isNew ? 'accepted' : 'repeated', kind);
    if (isNew && hold !== undefined) toBegin.push(event);
  }
  return toBegin;
}

/** When the store is away: a command and a form say so themselves, of the rest Slack is not told that it arrived. */
async function tellUnkept([first]: readonly Inbound[], answer: Answer, cause: unknown): Promise<void> {
  if (first?.kind === 'command') return await answer(whispered(unkept));
  if (first?.kind === 'view') return await answer(formError(first, unkept));
  throw new NotKept('an event could not be kept', cause);
}

/**
 * Between a verified body and Slack's answer: what a person or Slack did is in the store before Slack is told that it
 * arrived, and the same again is answered and forgotten. Nothing is asked of Slack here.
 */
export function intake(choice: IntakeChoice): Intake {
  return {
    take: async (body, app, answer) => {
      const inbounds = inboundOf(body);
      const [first] = inbounds;
      if (first === undefined) {
        choice.count('unknown', 'other');
        return await answer();
      }
      if (first.origin.app !== app) {
        choice.count('refused', first.kind);
        throw new WrongApp();
      }
      const immediate = inbounds.length === 1 ? atOnce(first, choice.registry) : undefined;
      if (immediate !== undefined) return await answer(immediate === 'nothing' ? undefined : immediate);
      const events = inbounds.map((inbound) => limited(inbound, choice));
      if (events[0] === 'shed' && first.kind === 'command') return await answer(whispered(tooMany));
      if (events[0] === 'shed' && first.kind === 'view') return await answer(formError(first, tooMany));
      let toBegin: readonly InboundEvent[];
      try {
        toBegin = await within(keep(events, first.kind, choice), choice.patience);
      } catch (error) {
        choice.count('unkept', first.kind);
        return await tellUnkept(inbounds, answer, error);
      }
      // Trigger ids live three seconds: who works on it does not wait for the answer to be written.
      for (const event of toBegin) choice.begin(event);
      await answer();
    },
  };
}
