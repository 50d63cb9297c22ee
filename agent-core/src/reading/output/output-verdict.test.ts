import { describe, expect, it } from 'vitest';
import type { OutputLine } from './output-line.ts';
import { alarmingLines, tellingLine } from './alarming-line.ts';
import { verdictOf } from './output-verdict.ts';
import { readableLine } from './readable-line.ts';

function outputOf(text: string): readonly OutputLine[] {
  return text.split('\n').map((line) => ({ ...readableLine(line), verbatim: line, time: '', source: 'log' }));
}

const verdict = (text: string): string | undefined => {
  const found = verdictOf(outputOf(text));
  return found === undefined ? undefined : `${found.kind}: ${found.line.text}`;
};

describe('what a container died of', () => {
  it('is not what visitors typed into the access log of a web server', () => {
    const log =
      '10.1.1.1 - - [06/Jun/2026:06:05:01 +0000] "GET /?q=connection+refused HTTP/1.1" 200 612 "-" "panic: getaddrinfo ENOTFOUND db"\nshutting down';
    expect(verdict(log)).toBeUndefined();
    expect(alarmingLines(outputOf(log))).toEqual([]);
  });

  it('is what the next line says, where an exception only announces it', () => {
    expect(
      verdict(
        'rails aborted!\nStandardError: An error has occurred, this and all later migrations canceled:\nPG::NotNullViolation: ERROR:  column "tier" contains null values',
      ),
    ).toContain('PG::NotNullViolation');
    expect(verdict('TypeError: boom:\n    at main (/app/x.js:1:1)')).toBe('uncaught: TypeError: boom:');
  });
});

describe('what a program demands', () => {
  it('counts where no rule knows its words, before its farewell', () => {
    expect(
      verdict(
        'ALERT: [pool www] pm.start_servers(20) must not be less than pm.min_spare_servers(5)\nERROR: failed to post process it\nERROR: FPM initialization failed',
      ),
    ).toContain('configuration: ALERT: [pool www]');
  });

  it('counts where an exception tells only the number with which it was turned away', () => {
    expect(
      verdict(
        'AxiosError: Request failed with status code 401\n    at settle (/app/node_modules/axios/lib/core/settle.js:19:12)',
      ),
    ).toContain('credentials: AxiosError');
  });

  it('does not count where it is said in passing, or where a known failure stands beside it', () => {
    expect(verdict('level=warn msg="retention must be greater than zero, using 7 days"\nbye')).toBeUndefined();
    expect(
      verdict('retention must be greater than zero\ndial tcp 10.1.1.1:5432: connect: connection refused'),
    ).toContain('refused: ');
  });
});

describe('of complaints that come of each other', () => {
  it('the right that is missing counts before the file that could not be made', () => {
    expect(
      verdict('touch: /data/acme.json: Permission denied\nchmod: /data/acme.json: No such file or directory'),
    ).toContain('permission: touch');
    expect(verdict('touch: /data/a: Permission denied\ncat: /etc/b: No such file or directory')).toContain(
      'file-missing: cat',
    );
  });

  it('the server that turned it away counts before the setting that it then asks for', () => {
    expect(
      verdict(
        "java.sql.SQLException: ORA-28001: the password has expired\n\tat a.B.c(B.java:1)\nCaused by: org.hibernate.HibernateException: Unable to determine Dialect without JDBC metadata (please set 'jakarta.persistence.jdbc.url')",
      ),
    ).toContain('credentials: java.sql.SQLException: ORA-28001');
  });

  it('the message of an error counts before the fields that Node.js prints of it', () => {
    expect(
      verdict(
        "Error [ERR_REQUIRE_ESM]: require() of ES Module /app/node_modules/nanoid/index.js not supported.\n    at Object.<anonymous> (/app/dist/a.js:7:18) {\n  code: 'ERR_REQUIRE_ESM'\n}",
      ),
    ).toContain('part-missing: Error [ERR_REQUIRE_ESM]: require() of ES Module');
  });

  it('the inner exception of .NET counts', () => {
    expect(
      verdict(
        'Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): A connection was established, but then an error occurred during the login process.\n ---> System.Security.Authentication.AuthenticationException: The remote certificate was rejected by the provided RemoteCertificateValidationCallback.',
      ),
    ).toContain('certificate-untrusted:  ---> System.Security');
  });
});

describe('a runtime that tells in a line of its own', () => {
  it('what was thrown', () => {
    expect(
      verdict(
        "terminate called after throwing an instance of 'std::invalid_argument'\n  what():  shards must be greater than zero",
      ),
    ).toBe('uncaught:   what():  shards must be greater than zero');
  });

  it('which exception ended it, whatever its name', () => {
    expect(
      verdict(
        'Traceback (most recent call last):\n  File "/app/main.py", line 9, in <module>\n    connect()\namqp.exceptions.NotAllowed: Connection.open: closed',
      ),
    ).toBe('uncaught: amqp.exceptions.NotAllowed: Connection.open: closed');
  });

  it('which framework it lacks', () => {
    expect(
      verdict(
        "You must install or update .NET to run this application.\n\nApp: /app/a.dll\nArchitecture: x64\nFramework: 'Microsoft.NETCore.App', version '9.0.0' (x64)",
      ),
    ).toContain("runtime-version: Framework: 'Microsoft.NETCore.App'");
  });

  it('what is wrong with the configuration, after a bracket that opens', () => {
    expect(
      verdict(
        'Configuration error: Configuration error[\nThe application secret has not been set, and we are in prod mode.\n]',
      ),
    ).toBe('configuration: The application secret has not been set, and we are in prod mode.');
  });

  it('is believed in its first words, not in the term that repeats them', () => {
    expect(
      verdict(
        '** (RuntimeError) environment variable DATABASE_URL is missing.\nRuntime terminating during boot ({#{message=><<"environment variable DATABASE_URL is missing">>},[{elixir_eval,\'__FILE__\',1,[]}]})',
      ),
    ).toBe('variable: ** (RuntimeError) environment variable DATABASE_URL is missing.');
  });
});

describe('a headline', () => {
  it('of Spring Boot gives way to the reason under it', () => {
    const log =
      '***\nAPPLICATION FAILED TO START\n***\n\nDescription:\n\nWeb server failed to start. Port 8080 was refused.\n\nAction:\n\nFree it.';
    expect(verdict(log)).toBe('configuration: Web server failed to start. Port 8080 was refused.');
  });

  it('of Redis gives way to the line of its configuration that it quotes', () => {
    const log =
      "*** FATAL CONFIG FILE ERROR (Redis 6.2.17) ***\nReading the configuration file, at line 3\n>>> 'latency-tracking yes'\nBad directive or wrong number of arguments";
    expect(verdict(log)).toContain(">>> 'latency-tracking yes'");
  });

  it('that ends with a colon gives way to the first line below that says more', () => {
    const log =
      "error parsing declarative config file /kong/kong.yml:\nin 'plugins':\n  - in entry 1 of 'plugins':\n    in 'name': plugin 'limiter' not enabled";
    expect(verdict(log)).toContain("plugin 'limiter' not enabled");
  });

  it('that only says that a configuration was not loaded gives way to the line that says where', () => {
    const log =
      "ERROR: [/etc/php/www.conf:12] unknown entry 'pm.max_childern'\nERROR: failed to load configuration file '/etc/php/php-fpm.conf'\nERROR: initialization failed";
    expect(verdict(log)).toContain("unknown entry 'pm.max_childern'");
  });

  it('that only names a place gives way to the line before it', () => {
    expect(
      verdict(
        '1763636281: Error: Unknown configuration variable "allow_anonymus".\n1763636281: Error found at /mosquitto/config/mosquitto.conf:4.',
      ),
    ).toContain('allow_anonymus');
  });

  it('of a validation gives way to what is wrong with the whole, also where processes name themselves before each line', () => {
    const lines = [
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 10, in <module>',
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for ParallelConfig',
      '  Value error, size (2) cannot be larger than the number of cards (1). [type=value_error]',
      '    For further information visit https://errors.pydantic.dev/2.11/v/value_error',
    ];
    for (const prefix of ['', '(APIServer pid=1) ']) {
      expect(verdict(lines.map((line) => `${prefix}${line}`).join('\n'))).toContain('size (2) cannot be larger');
    }
  });

  it('of the Java VM gives way to what follows', () => {
    expect(
      verdict(
        'Error occurred during initialization of VM\nInitial heap size set to a larger value than the maximum heap size',
      ),
    ).toBe('arguments: Initial heap size set to a larger value than the maximum heap size');
  });
});

describe('the line that tells most', () => {
  it('is not the one that only sums up', () => {
    const log =
      'level=error msg="InvalidChangeBatch: RRSet of type TXT is not permitted in the zone"\nlevel=fatal msg="failed to submit all changes for the following zones: [/hostedzone/Z0]"';
    expect(tellingLine(outputOf(log))?.text).toContain('InvalidChangeBatch');
  });

  it('is not one that only tells that the program ends', () => {
    expect(
      tellingLine(
        outputOf(
          'ERROR the moon is in the wrong phase\nERROR: Elasticsearch died while starting up, with exit code 78',
        ),
      )?.text,
    ).toBe('ERROR the moon is in the wrong phase');
    expect(tellingLine(outputOf('the moon is in the wrong phase\nExiting'))?.text).toBe(
      'the moon is in the wrong phase',
    );
  });

  it('is not one that only sends the reader elsewhere', () => {
    expect(
      tellingLine(
        outputOf(
          'ERROR index is locked by another process\nERROR: did not exit normally - check the logs at /var/log/x.log',
        ),
      )?.text,
    ).toBe('ERROR index is locked by another process');
  });

  it('is not a sentence that ends in an address of further reading', () => {
    expect(
      tellingLine(
        outputOf(
          'ERROR the moon is in the wrong phase\n\nFor more common dependency issues, see: https://docs.example.com/faq/common-errors',
        ),
      )?.text,
    ).toBe('ERROR the moon is in the wrong phase');
  });

  it('is the error before it where the last names nothing', () => {
    expect(
      tellingLine(outputOf('ERROR 1841 rows of part-0007.csv have 13 columns\nERROR quality gate not met'))?.text,
    ).toBe('ERROR 1841 rows of part-0007.csv have 13 columns');
  });

  it('is the last error though it names nothing, where only warnings name something', () => {
    expect(tellingLine(outputOf('WARN option "a" failed to load\nERROR quality gate not met'))?.text).toBe(
      'ERROR quality gate not met',
    );
  });

  it('is the last where nothing looks like an error', () => {
    expect(tellingLine(outputOf('one\ntwo'))?.text).toBe('two');
  });
});
