/** One call of the Web API, for tests to look at. Tokens are not kept. */
export interface LoggedCall {
  /** Milliseconds since 1970, by the stand-in's clock. */
  readonly at: number;
  readonly method: string;
  /** Id of the app that called; empty where the token said nothing. */
  readonly app: string;
  /** Workspace or organisation of the token. */
  readonly team: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** HTTP status; 0 where the connection was cut. */
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Whether a fault of the script had a hand in it. */
  readonly isFaulty: boolean;
}

export interface CallLog {
  readonly all: readonly LoggedCall[];
  readonly of: (method: string) => readonly LoggedCall[];
  readonly add: (call: LoggedCall) => void;
  readonly clear: () => void;
}

const hidden = new Set(['token', 'client_secret', 'refresh_token', 'code', 'Authorization']);

export function callLog(): CallLog {
  const all: LoggedCall[] = [];
  return {
    all,
    of: (method) => all.filter((call) => call.method === method),
    add: (call) => {
      all.push({ ...call, args: Object.fromEntries(Object.entries(call.args).filter(([name]) => !hidden.has(name))) });
    },
    clear: () => {
      all.length = 0;
    },
  };
}
